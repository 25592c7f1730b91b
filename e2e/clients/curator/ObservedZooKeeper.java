import java.io.IOException;
import java.util.List;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * ZooKeeper's own client, which tells what a recipe does through it: the znodes it makes and deletes, and those it
 * watches. Curator's recipes keep their nodes and their predecessors to themselves.
 */
final class ObservedZooKeeper extends ZooKeeperAdmin {
    interface Observer {
        void created(ObservedZooKeeper zooKeeper, String path);

        void deleted(ObservedZooKeeper zooKeeper, String path);

        void watches(ObservedZooKeeper zooKeeper, String path);

        void watchesChildren(ObservedZooKeeper zooKeeper, String path);
    }

    private final Observer observer;

    ObservedZooKeeper(String connect, int timeoutMs, Watcher watcher, boolean readOnly, Observer observer)
            throws IOException {
        super(connect, timeoutMs, watcher, readOnly);
        this.observer = observer;
    }

    private boolean ok(int code) {
        return code == KeeperException.Code.OK.intValue();
    }

    @Override
    public String create(String path, byte[] data, List<ACL> acl, CreateMode mode)
            throws KeeperException, InterruptedException {
        String made = super.create(path, data, acl, mode);
        observer.created(this, made);
        return made;
    }

    @Override
    public String create(String path, byte[] data, List<ACL> acl, CreateMode mode, Stat stat, long ttl)
            throws KeeperException, InterruptedException {
        String made = super.create(path, data, acl, mode, stat, ttl);
        observer.created(this, made);
        return made;
    }

    @Override
    public void create(
            String path, byte[] data, List<ACL> acl, CreateMode mode, AsyncCallback.StringCallback done, Object ctx) {
        AsyncCallback.StringCallback observed = (code, asked, context, made) -> {
            if (ok(code)) observer.created(this, made);
            done.processResult(code, asked, context, made);
        };
        super.create(path, data, acl, mode, observed, ctx);
    }

    @Override
    public void create(
            String path,
            byte[] data,
            List<ACL> acl,
            CreateMode mode,
            AsyncCallback.Create2Callback done,
            Object ctx,
            long ttl) {
        AsyncCallback.Create2Callback observed = (code, asked, context, made, stat) -> {
            if (ok(code)) observer.created(this, made);
            done.processResult(code, asked, context, made, stat);
        };
        super.create(path, data, acl, mode, observed, ctx, ttl);
    }

    @Override
    public void delete(String path, int version) throws InterruptedException, KeeperException {
        super.delete(path, version);
        observer.deleted(this, path);
    }

    @Override
    public void delete(String path, int version, AsyncCallback.VoidCallback done, Object ctx) {
        AsyncCallback.VoidCallback observed = (code, asked, context) -> {
            if (ok(code)) observer.deleted(this, path);
            done.processResult(code, asked, context);
        };
        super.delete(path, version, observed, ctx);
    }

    @Override
    public void multi(Iterable<Op> ops, AsyncCallback.MultiCallback done, Object ctx) {
        AsyncCallback.MultiCallback observed = (code, asked, context, results) -> {
            if (ok(code)) deletedBy(ops);
            done.processResult(code, asked, context, results);
        };
        super.multi(ops, observed, ctx);
    }

    @Override
    public List<OpResult> multi(Iterable<Op> ops) throws InterruptedException, KeeperException {
        List<OpResult> results = super.multi(ops);
        deletedBy(ops);
        return results;
    }

    private void deletedBy(Iterable<Op> ops) {
        for (Op op : ops) if (op instanceof Op.Delete) observer.deleted(this, op.getPath());
    }

    @Override
    public byte[] getData(String path, Watcher watcher, Stat stat) throws KeeperException, InterruptedException {
        byte[] data = super.getData(path, watcher, stat);
        if (watcher != null) observer.watches(this, path);
        return data;
    }

    @Override
    public void getData(String path, Watcher watcher, AsyncCallback.DataCallback done, Object ctx) {
        AsyncCallback.DataCallback observed = (code, asked, context, data, stat) -> {
            if (ok(code) && watcher != null) observer.watches(this, path);
            done.processResult(code, asked, context, data, stat);
        };
        super.getData(path, watcher, observed, ctx);
    }

    @Override
    public List<String> getChildren(String path, Watcher watcher) throws KeeperException, InterruptedException {
        List<String> names = super.getChildren(path, watcher);
        if (watcher != null) observer.watchesChildren(this, path);
        return names;
    }

    @Override
    public List<String> getChildren(String path, Watcher watcher, Stat stat)
            throws KeeperException, InterruptedException {
        List<String> names = super.getChildren(path, watcher, stat);
        if (watcher != null) observer.watchesChildren(this, path);
        return names;
    }
}
