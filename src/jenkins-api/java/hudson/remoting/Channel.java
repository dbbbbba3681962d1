package hudson.remoting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to another process; here there is none but those that tests make up. */
public abstract class Channel implements VirtualChannel {
    private static final ThreadLocal<Channel> CURRENT = new ThreadLocal<>();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** For tests. */
    protected Channel() {}

    /** The way that the running code came, or null where it did not come from elsewhere. */
    public static @CheckForNull Channel current() {
        return CURRENT.get();
    }

    /** Runs code as if it had come this way; in Jenkins the reader of the channel does that. */
    protected <V, T extends Throwable> V runHere(Callable<V, T> callable) throws T {
        CURRENT.set(this);
        try {
            return callable.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** Tells the listeners that it is lost; in Jenkins the reader of the channel does that. */
    protected void lose(IOException cause) {
        listeners.forEach(listener -> listener.onClosed(this, cause));
    }

    /** Has somebody told of what happens to it. */
    public void addListener(Listener l) {
        listeners.add(l);
    }

    /** Is told of what happens to a channel. */
    public abstract static class Listener {
        /** It was closed, or lost. */
        public void onClosed(Channel channel, IOException cause) {}
    }
}
