import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.AsyncCallback.Children2Callback;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** ZooKeeper's own asynchronous client, asked the same as client.ts: see there for the questions and the answers. */
public final class Walk {
    /** Requests on the way. More makes it no faster, as the server works them off one by one. */
    private static final int WINDOW = 256;

    private final ZooKeeper zk;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int inFlight = 0;
    private int done = 0;
    private CompletableFuture<Integer> finished = new CompletableFuture<>();

    private Walk(ZooKeeper zk) {
        this.zk = zk;
    }

    public static void main(String[] args) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper zk = new ZooKeeper(args[0], 30_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] question = line.split(" ");
            List<String> names = question[0].equals("get") ? zk.getChildren(question[1], false) : List.of();
            long startedAt = System.nanoTime();
            long startedCpu = cpuNanos();
            int count = new Walk(zk).answer(question, names);
            long wall = System.nanoTime() - startedAt;
            System.out.println(count + " " + wall / 1e6 + " " + (cpuNanos() - startedCpu) / 1e6);
        }
        zk.close();
    }

    private int answer(String[] question, List<String> names) throws Exception {
        String path = question[1];
        synchronized (this) {
            switch (question[0]) {
                case "walk":
                    waiting.add(() -> list(path, true));
                    break;
                case "list":
                    waiting.add(() -> list(path, false));
                    break;
                default:
                    for (int i = 0; i < Integer.parseInt(question[2]); i++) {
                        String child = path + "/" + names.get(i % names.size());
                        waiting.add(() -> zk.getData(child, false, (DataCallback) (rc, p, c, data, stat) -> next(rc, 1), null));
                    }
            }
            pump();
        }
        return finished.get();
    }

    private void list(String path, boolean deep) {
        zk.getChildren(path, false, (Children2Callback) (rc, p, c, names, stat) -> {
            synchronized (this) {
                if (deep && rc == 0) {
                    for (String name : names) {
                        String child = path + "/" + name;
                        waiting.add(() -> list(child, true));
                    }
                }
                next(rc, deep || rc != 0 ? 1 : names.size());
            }
        }, null);
    }

    private synchronized void next(int rc, int count) {
        if (rc != 0) {
            finished.completeExceptionally(new IllegalStateException(Code.get(rc).toString()));
        }
        done += count;
        inFlight--;
        pump();
    }

    private void pump() {
        while (inFlight < WINDOW && !waiting.isEmpty()) {
            inFlight++;
            waiting.poll().run();
        }
        if (inFlight == 0) {
            finished.complete(done);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
