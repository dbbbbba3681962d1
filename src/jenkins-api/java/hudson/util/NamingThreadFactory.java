package hudson.util;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that say what they are for. */
public final class NamingThreadFactory implements ThreadFactory {
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadFactory delegate;
    private final String name;

    /** Another factory's threads. */
    public NamingThreadFactory(ThreadFactory delegate, String name) {
        this.delegate = delegate;
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable r) {
        Thread thread = delegate.newThread(r);
        thread.setName(name + " [#" + count.incrementAndGet() + "]");
        return thread;
    }
}
