package hudson.remoting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection to another process; here only tests create one. */
public abstract class Channel implements VirtualChannel {
    private static final ThreadLocal<Channel> CURRENT = new ThreadLocal<>();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    protected Channel() {}

    public static @CheckForNull Channel current() {
        return CURRENT.get();
    }

    /** Runs code as if it were received; in Jenkins the reader thread does this. */
    protected <V, T extends Throwable> V runHere(Callable<V, T> callable) throws T {
        CURRENT.set(this);
        try {
            return callable.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** Reports the loss to the listeners; in Jenkins the reader thread does this. */
    protected void lose(IOException cause) {
        listeners.forEach(listener -> listener.onClosed(this, cause));
    }

    public void addListener(Listener l) {
        listeners.add(l);
    }

    public abstract static class Listener {
        public void onClosed(Channel channel, IOException cause) {}
    }
}
