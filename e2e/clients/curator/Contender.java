import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.framework.recipes.queue.DistributedQueue;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.state.ConnectionState;

/** One that takes and releases again and again, by one of Curator's recipes. */
final class Contender implements Runnable {
    private final CuratorClient program;
    private final CuratorFramework client;
    private final String who;
    private final int index;
    private final Map<String, String> command;
    private final String path;
    private final long holdMs;

    Contender(CuratorClient program, CuratorFramework client, String who, int index, Map<String, String> command) {
        this.program = program;
        this.client = client;
        this.who = who;
        this.index = index;
        this.command = command;
        this.path = command.get("path");
        this.holdMs = Long.parseLong(command.get("holdMs"));
    }

    @Override
    public void run() {
        CuratorClient.WHO.set(who);
        try {
            String recipe = command.get("recipe");
            switch (recipe) {
                case "mutex" -> mutex(new InterProcessMutex(client, path));
                case "read-write" -> readWrite(new InterProcessReadWriteLock(client, path));
                case "semaphore" -> semaphore(
                        new InterProcessSemaphoreV2(client, path, Integer.parseInt(command.get("max"))));
                case "latch" -> latch();
                case "selector" -> selector();
                case "queue" -> queue(null);
                case "safe-queue" -> queue(path + "-locks");
                default -> throw new IllegalArgumentException(recipe);
            }
        } catch (Exception error) {
            program.failed(who, error);
        }
    }

    private void mutex(InterProcessMutex mutex) throws Exception {
        for (; ; ) {
            say("acquiring");
            mutex.acquire();
            hold();
            mutex.release();
            rest();
        }
    }

    /** Every third writes, and every second of these reads inside its write. */
    private void readWrite(InterProcessReadWriteLock lock) throws Exception {
        boolean writes = index % 3 == 0;
        boolean nested = index % 6 == 0;
        InterProcessMutex own = writes ? lock.writeLock() : lock.readLock();
        for (; ; ) {
            say("acquiring");
            own.acquire();
            if (nested) lock.readLock().acquire();
            hold();
            if (nested) lock.readLock().release();
            own.release();
            rest();
        }
    }

    private void semaphore(InterProcessSemaphoreV2 semaphore) throws Exception {
        for (; ; ) {
            say("acquiring");
            Lease lease = semaphore.acquire();
            hold();
            semaphore.returnLease(lease);
            rest();
        }
    }

    private void latch() throws Exception {
        for (; ; ) {
            say("acquiring");
            LeaderLatch latch = new LeaderLatch(client, path, who);
            latch.start();
            latch.await();
            hold();
            latch.close();
            rest();
        }
    }

    private void selector() throws Exception {
        LeaderSelector selector = new LeaderSelector(client, path, new LeaderSelectorListenerAdapter() {
            @Override
            public void takeLeadership(CuratorFramework ignored) throws Exception {
                hold();
            }

            @Override
            public void stateChanged(CuratorFramework ignored, ConnectionState state) {
                // The default interrupts whoever leads; one who has lost its session is to be seen as well.
            }
        });
        selector.setId(who);
        selector.autoRequeue();
        say("acquiring");
        selector.start();
    }

    /** Every third takes, one item at a time; the others put. */
    private void queue(String lockPath) throws Exception {
        boolean takes = index % 3 == 0;
        QueueBuilder<String> builder = QueueBuilder.builder(client, takes ? consumer() : null, text(), path)
                .executor(Executors.newSingleThreadExecutor());
        if (lockPath != null) builder.lockPath(lockPath);
        DistributedQueue<String> queue = builder.buildQueue();
        queue.start();
        for (int item = 0; !takes; item++) {
            queue.put(who + "-" + item);
            queue.flushPuts(30, TimeUnit.SECONDS);
            Thread.sleep(holdMs);
            rest();
        }
    }

    private QueueConsumer<String> consumer() {
        return new QueueConsumer<>() {
            @Override
            public void consumeMessage(String item) throws Exception {
                hold();
                say("idle");
            }

            @Override
            public void stateChanged(CuratorFramework ignored, ConnectionState state) {}
        };
    }

    private static QueueSerializer<String> text() {
        return new QueueSerializer<>() {
            @Override
            public byte[] serialize(String item) {
                return item.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String deserialize(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    private void hold() throws InterruptedException {
        say("acquired");
        Thread.sleep(holdMs);
        program.gate.pass("release", who);
        say("releasing");
    }

    private void rest() throws InterruptedException {
        say("idle");
        program.gate.pass("acquire", who);
    }

    private void say(String event) {
        program.say(event, who, null, null, null);
    }
}
