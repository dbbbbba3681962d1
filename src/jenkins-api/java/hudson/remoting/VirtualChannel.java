package hudson.remoting;

import java.io.IOException;

/** A way to run code in another process, or in this one as if it were another. */
public interface VirtualChannel {
    /** Runs code there and waits for its end. */
    <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException;

    /** Runs code there. */
    <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException;

    /** Ends it. */
    void close() throws IOException;

    /** Waits for its end. */
    void join() throws InterruptedException;

    /** Waits for its end. */
    void join(long timeout) throws InterruptedException;

    /** Makes an object callable from the other side. */
    <T> T export(Class<T> type, T instance);

    /** Waits until what was written has arrived. */
    void syncLocalIO() throws InterruptedException;
}
