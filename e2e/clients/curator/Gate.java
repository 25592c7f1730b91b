import java.util.HashSet;
import java.util.Set;

/** Where contenders stand still while all are frozen. */
final class Gate {
    private boolean frozen;
    private final Set<String> let = new HashSet<>();

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        let.clear();
        notifyAll();
    }

    synchronized void let(String step, String who) {
        let.add(step + " " + who);
        notifyAll();
    }

    synchronized void pass(String step, String who) throws InterruptedException {
        while (frozen && !let.remove(step + " " + who)) wait();
    }
}
