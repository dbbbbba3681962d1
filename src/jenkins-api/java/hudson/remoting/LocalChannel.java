package hudson.remoting;

import java.io.IOException;
import java.util.concurrent.ExecutorService;

/** Runs code in this process. */
public class LocalChannel implements VirtualChannel {
    /** The executor is not used here. */
    public LocalChannel(ExecutorService executor) {}

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T {
        return callable.call();
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        throw new UnsupportedOperationException("callAsync");
    }

    @Override
    public void close() throws IOException {}

    @Override
    public void join() throws InterruptedException {}

    @Override
    public void join(long timeout) throws InterruptedException {}

    @Override
    public <T> T export(Class<T> intf, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() throws InterruptedException {}
}
