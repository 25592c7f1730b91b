import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * Contenders that use Apache Curator's recipes, told by lines of JSON on stdin, and that say by lines of JSON on stdout
 * what happens to them. Arguments: connect string, session time-out in ms. Commands:
 * {"do":"start","recipe":"mutex","path":"/a","prefix":"m","count":50,"sessions":50,"holdMs":5,"max":1}
 * {"do":"ping"}: nothing; whatever was said before its answer happened before it.
 * {"do":"freeze"}, {"do":"thaw"}: frozen, nobody releases and nobody who has released queues again.
 * {"do":"release","who":"m3"}: one that holds may release although all are frozen.
 * {"do":"acquire","who":"m3"}: one that has released may queue again although all are frozen.
 */
public final class CuratorClient implements ObservedZooKeeper.Observer {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\"\\s*:\\s*(?:\"([^\"]*)\"|(-?\\d+))");

    /** Which contender the running thread works for. */
    static final ThreadLocal<String> WHO = new ThreadLocal<>();

    final Gate gate = new Gate();
    private final String connect;
    private final int timeoutMs;
    private final Map<ObservedZooKeeper, String> soleUser = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    private CuratorClient(String connect, int timeoutMs) {
        this.connect = connect;
        this.timeoutMs = timeoutMs;
    }

    public static void main(String[] args) throws Exception {
        CuratorClient program = new CuratorClient(args[0], Integer.parseInt(args[1]));
        Scanner lines = new Scanner(System.in, "UTF-8");
        program.say("ready", null, null, null, null);
        while (lines.hasNextLine()) program.handle(parse(lines.nextLine()));
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, String> parse(String line) {
        Map<String, String> command = new HashMap<>();
        Matcher fields = FIELD.matcher(line);
        while (fields.find()) command.put(fields.group(1), fields.group(2) != null ? fields.group(2) : fields.group(3));
        return command;
    }

    private void handle(Map<String, String> command) throws Exception {
        switch (command.get("do")) {
            case "start" -> start(command);
            case "freeze" -> gate.freeze();
            case "thaw" -> gate.thaw();
            case "ping" -> {}
            case "release", "acquire" -> gate.let(command.get("do"), command.get("who"));
            default -> throw new IllegalArgumentException(command.toString());
        }
        say("done", null, null, null, null);
    }

    private void start(Map<String, String> command) throws Exception {
        int count = Integer.parseInt(command.get("count"));
        int sessions = Math.min(count, Integer.parseInt(command.get("sessions")));
        List<CuratorFramework> clients = new ArrayList<>();
        for (int i = 0; i < sessions; i++) clients.add(connect(count == sessions ? command.get("prefix") + i : null));
        for (CuratorFramework client : clients) client.blockUntilConnected();
        for (int i = 0; i < count; i++) {
            String who = command.get("prefix") + i;
            Contender contender = new Contender(this, clients.get(i % sessions), who, i, command);
            Thread thread = new Thread(contender, who);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** @param user the only contender that uses this session, or null */
    private CuratorFramework connect(String user) {
        ZookeeperFactory factory = (String servers, int timeout, Watcher watcher, boolean readOnly) -> {
            ObservedZooKeeper zooKeeper = new ObservedZooKeeper(servers, timeout, watcher, readOnly, this);
            if (user != null) soleUser.put(zooKeeper, user);
            return zooKeeper;
        };
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(connect)
                .sessionTimeoutMs(timeoutMs)
                .connectionTimeoutMs(30_000)
                .retryPolicy(new RetryOneTime(500))
                .ensembleTracker(false)
                .zookeeperFactory(factory)
                .build();
        client.getConnectionStateListenable().addListener((lost, state) -> {
            if (state == ConnectionState.LOST) say("lost", user, null, null, null);
        });
        client.start();
        return client;
    }

    @Override
    public void created(ObservedZooKeeper zooKeeper, String path) {
        String who = who(zooKeeper);
        if (who != null) owners.put(path, who);
        say("created", who, path, null, zooKeeper);
    }

    @Override
    public void deleted(ObservedZooKeeper zooKeeper, String path) {
        String owner = owners.remove(path);
        String who = who(zooKeeper);
        // Curator tries a failed delete again in a thread of its own.
        say("deleted", who == null ? owner : who, path, null, zooKeeper);
    }

    @Override
    public void watches(ObservedZooKeeper zooKeeper, String path) {
        say("watches", who(zooKeeper), null, path, zooKeeper);
    }

    @Override
    public void watchesChildren(ObservedZooKeeper zooKeeper, String path) {
        say("watches", who(zooKeeper), null, path + "/<children>", zooKeeper);
    }

    private String who(ObservedZooKeeper zooKeeper) {
        String who = WHO.get();
        return who != null ? who : soleUser.get(zooKeeper);
    }

    void failed(String who, Exception error) {
        error.printStackTrace();
        say("failed", who, null, null, null);
    }

    void say(String event, String who, String node, String on, ZooKeeper zooKeeper) {
        StringBuilder line = new StringBuilder("{\"at\":").append(System.currentTimeMillis());
        line.append(",\"event\":\"").append(event).append('"');
        if (who != null) line.append(",\"who\":\"").append(who).append('"');
        if (node != null) line.append(",\"node\":\"").append(node).append('"');
        if (on != null) line.append(",\"on\":\"").append(on).append('"');
        if (zooKeeper != null) {
            line.append(",\"session\":\"0x").append(Long.toHexString(zooKeeper.getSessionId())).append('"');
        }
        synchronized (System.out) {
            System.out.println(line.append('}'));
        }
    }
}
