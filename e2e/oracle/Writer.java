import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.AsyncCallback.Children2Callback;
import org.apache.zookeeper.AsyncCallback.DataCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/**
 * Changes znodes at random with ZooKeeper's own client, and tells what the ensemble holds. Asked by lines of stdin:
 * "go <changes a second>", "pause" (answers when nothing is on the way), "dump" (a line of JSON a znode, then ".").
 * One seed makes one sequence of changes; which of them succeed depends on what else happens.
 */
public final class Writer {
    private static final String ROOT = "/oracle";
    private static final int LONG = 10_100;
    private static final int AT_ONCE = 64;
    private static final String[] NAMES = {"n0", "n1", "n2", "a b", "\u00fc%2F", "<x>&?#", "\"q\\"};
    private static final List<ACL> READ_ONLY_FOR_OTHERS =
            List.of(new ACL(Perms.ALL, Ids.ANYONE_ID_UNSAFE), new ACL(Perms.READ, new Id("ip", "127.0.0.1")));

    private final String connect;
    private final Random random;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile ZooKeeper zk;
    private volatile ZooKeeper owner;
    private volatile int perSecond = 0;
    private boolean busy = false;
    private int sequence = 0;

    private Writer(String connect, long seed) throws Exception {
        this.connect = connect;
        this.random = new Random(seed);
        zk = open();
        owner = open();
    }

    public static void main(String[] args) throws Exception {
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        Writer writer = new Writer(args[0], Long.parseLong(args[1]));
        writer.plant();
        Thread changes = new Thread(writer::change);
        changes.setDaemon(true);
        changes.start();
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("go")) {
                writer.perSecond = Integer.parseInt(words[1]);
                System.out.println("ok");
            } else if (words[0].equals("pause")) {
                writer.pause();
                System.out.println(writer.applied + " " + writer.refused + " " + writer.lost);
            } else {
                System.out.println(new Dump(writer.session()).read());
            }
        }
        System.exit(0);
    }

    /** The session; a new one in the place of one that has expired. */
    private ZooKeeper session() throws Exception {
        if (!zk.getState().isAlive()) {
            zk = open();
        }
        return zk;
    }

    private ZooKeeper owner() throws Exception {
        if (!owner.getState().isAlive()) {
            owner = open();
        }
        return owner;
    }

    private ZooKeeper open() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper session = new ZooKeeper(connect, 8_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        return session;
    }

    private void plant() throws Exception {
        for (String path : new String[] {"", "/deep", "/wide", "/long", "/sequence", "/live", "/reborn"}) {
            zk.create(ROOT + path, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        zk.create(ROOT + "/hot", new byte[] {1}, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        for (int from = 0; from < LONG; from += 500) {
            List<Op> creates = new ArrayList<>();
            for (int i = from; i < Math.min(LONG, from + 500); i++) {
                creates.add(create(ROOT + "/long/c" + i, null));
            }
            zk.multi(creates);
        }
    }

    private synchronized void pause() throws Exception {
        perSecond = 0;
        while (busy) {
            wait();
        }
        room.acquire(AT_ONCE);
        room.release(AT_ONCE);
    }

    private void change() {
        try {
            for (;;) {
                int rate = perSecond;
                if (rate == 0) {
                    Thread.sleep(5);
                    continue;
                }
                synchronized (this) {
                    busy = perSecond > 0;
                }
                if (busy) {
                    once(random.nextInt(100));
                }
                synchronized (this) {
                    busy = false;
                    notifyAll();
                }
                Thread.sleep(0, 0);
                Thread.sleep(Math.max(1, 1_000 / rate));
            }
        } catch (Exception error) {
            error.printStackTrace();
            System.exit(1);
        }
    }

    private void once(int dice) throws Exception {
        if (dice < 22) {
            set(place(6));
        } else if (dice < 27) {
            set(ROOT + "/hot");
        } else if (dice < 43) {
            create(place(6));
        } else if (dice < 55) {
            delete(place(6));
        } else if (dice < 60) {
            recreate(place(6));
        } else if (dice < 72) {
            toggle(ROOT + "/wide/w" + random.nextInt(700));
        } else if (dice < 76) {
            toggle(ROOT + "/long/c" + random.nextInt(LONG));
        } else if (dice < 83) {
            sequence();
        } else if (dice < 89) {
            live();
        } else if (dice < 94) {
            boolean open = random.nextBoolean();
            send(() -> session().setACL(place(6), open ? Ids.OPEN_ACL_UNSAFE : READ_ONLY_FOR_OTHERS, -1,
                    (rc, path, context, stat) -> done(rc), null));
        } else if (dice < 98) {
            reborn();
        } else if (dice < 99) {
            for (int i = 0; i < 60; i++) {
                toggle(ROOT + "/wide/w" + random.nextInt(700));
            }
        } else if (random.nextInt(3) == 0) {
            // All ephemerals of a session vanish in one transaction.
            owner().close();
        }
    }

    /** Mostly near the top, and with few names, so that creates and deletes meet often. */
    private String place(int depth) {
        StringBuilder path = new StringBuilder(ROOT + "/deep");
        for (int levels = 1 + random.nextInt(1 + random.nextInt(depth)); levels > 0; levels--) {
            path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return path.toString();
    }

    private byte[] data() {
        if (random.nextInt(8) == 0) {
            return null;
        }
        byte[] data = new byte[random.nextInt(64)];
        random.nextBytes(data);
        return data;
    }

    private void set(String path) throws Exception {
        byte[] data = data();
        send(() -> session().setData(path, data, -1, (rc, p, context, stat) -> done(rc), null));
    }

    private void create(String path) throws Exception {
        byte[] data = data();
        send(() -> session().create(path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT,
                (rc, p, context, name) -> done(rc), null));
    }

    private void delete(String path) throws Exception {
        send(() -> session().delete(path, -1, (rc, p, context) -> done(rc), null));
    }

    /** There or not there: one of the two succeeds, most likely. */
    private void toggle(String path) throws Exception {
        if (random.nextBoolean()) {
            create(path);
        } else {
            delete(path);
        }
    }

    /** Another znode with the same path, version and data: only its czxid tells. */
    private void recreate(String path) throws Exception {
        byte[] same = new byte[] {7, 7};
        if (random.nextBoolean()) {
            multi(List.of(Op.delete(path, -1), create(path, same)));
        } else {
            delete(path);
            send(() -> session().create(path, same, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT,
                    (rc, p, context, name) -> done(rc), null));
        }
    }

    private void sequence() throws Exception {
        if (random.nextInt(3) > 0) {
            send(() -> session().create(ROOT + "/sequence/s-", data(), Ids.OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT_SEQUENTIAL, (rc, p, context, name) -> done(rc), null));
        } else {
            // As many as are made meanwhile, so that the directory does not grow for ever.
            for (int i = 0; i < 2; i++) {
                delete(String.format("%s/sequence/s-%010d", ROOT, sequence++));
            }
        }
    }

    private void live() throws Exception {
        String path = ROOT + "/live/e" + random.nextInt(12);
        boolean sequential = random.nextInt(3) == 0;
        if (random.nextInt(3) == 0) {
            delete(path);
        } else {
            send(() -> owner().create(path, data(), Ids.OPEN_ACL_UNSAFE,
                    sequential ? CreateMode.EPHEMERAL_SEQUENTIAL : CreateMode.EPHEMERAL,
                    (rc, p, context, name) -> done(rc), null));
        }
    }

    /** A directory with the same children as before, versions and counts included, in a place where another one was. */
    private void reborn() throws Exception {
        String path = ROOT + "/reborn/r" + random.nextInt(4);
        int children = 1 + random.nextInt(5);
        List<Op> born = new ArrayList<>();
        born.add(create(path, null));
        for (int i = 0; i < children; i++) {
            born.add(create(path + "/k" + i, new byte[] {1}));
        }
        if (random.nextInt(3) == 0) {
            multi(born);
        }
        for (int there = 1; there <= 5; there++) {
            List<Op> ops = new ArrayList<>();
            for (int i = 0; i < there; i++) {
                ops.add(Op.delete(path + "/k" + i, -1));
            }
            ops.add(Op.delete(path, -1));
            ops.addAll(born);
            multi(ops);
        }
    }

    private static Op create(String path, byte[] data) {
        return Op.create(path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    private void multi(List<Op> ops) throws Exception {
        send(() -> session().multi(ops, (rc, path, context, results) -> done(rc), null));
    }

    private void send(Request request) throws Exception {
        room.acquire();
        request.send();
    }

    private void done(int rc) {
        (rc == 0 ? applied : rc == -4 || rc == -112 ? lost : refused).incrementAndGet();
        room.release();
    }

    private interface Request {
        void send() throws Exception;
    }

    /** All znodes as one server holds them after it has caught up with the leader. */
    private static final class Dump {
        private final ZooKeeper zk;
        private final StringBuilder lines = new StringBuilder();
        private final List<String> waiting = new ArrayList<>();
        private int inFlight = 0;
        private int failure = 0;

        Dump(ZooKeeper zk) {
            this.zk = zk;
        }

        synchronized String read() throws Exception {
            long session = zk.getSessionId();
            zk.sync("/", (rc, path, context) -> next(rc, "/"), null);
            inFlight++;
            while (inFlight > 0) {
                wait();
            }
            return failure == 0 && session == zk.getSessionId() ? lines + "." : "failed " + failure;
        }

        private synchronized void next(int rc, String found) {
            if (rc != 0) {
                failure = rc;
                waiting.clear();
            } else if (found != null) {
                waiting.add(found);
            }
            inFlight--;
            pump();
        }

        private void pump() {
            while (inFlight < 2 * AT_ONCE && !waiting.isEmpty()) {
                inFlight += 2;
                String path = waiting.remove(waiting.size() - 1);
                zk.getChildren(path, false, (Children2Callback) (rc, p, c, names, stat) -> {
                    if (rc == 0) {
                        add(path, names);
                    }
                    next(rc, null);
                }, null);
                zk.getData(path, false, (DataCallback) (rc, p, c, data, stat) -> {
                    if (rc == 0) {
                        add(path, data, stat);
                    }
                    next(rc, null);
                }, null);
            }
            if (inFlight == 0) {
                notifyAll();
            }
        }

        private synchronized void add(String path, List<String> names) {
            for (String name : names) {
                waiting.add(path.equals("/") ? "/" + name : path + "/" + name);
            }
        }

        private synchronized void add(String path, byte[] data, Stat stat) {
            String quoted = path.replace("\\", "\\\\").replace("\"", "\\\"");
            String bytes = data == null ? "null" : '"' + Base64.getEncoder().encodeToString(data) + '"';
            lines.append(String.format(
                    "{\"path\":\"%s\",\"data\":%s,\"stat\":{\"czxid\":\"0x%x\",\"mzxid\":\"0x%x\",\"ctime\":%d,\"mtime\":%d,"
                            + "\"version\":%d,\"cversion\":%d,\"aversion\":%d,\"ephemeralOwner\":\"0x%x\",\"dataLength\":%d,"
                            + "\"numChildren\":%d,\"pzxid\":\"0x%x\"}}%n",
                    quoted, bytes, stat.getCzxid(), stat.getMzxid(), stat.getCtime(), stat.getMtime(), stat.getVersion(),
                    stat.getCversion(), stat.getAversion(), stat.getEphemeralOwner(), stat.getDataLength(),
                    stat.getNumChildren(), stat.getPzxid()));
        }
    }
}
