package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Makes threads that hold on to no foreign class loader. */
public class ClassLoaderSanityThreadFactory implements ThreadFactory {
    private final ThreadFactory delegate;

    /** Another factory's threads. */
    public ClassLoaderSanityThreadFactory(ThreadFactory delegate) {
        this.delegate = delegate;
    }

    @Override
    public Thread newThread(Runnable r) {
        Thread thread = delegate.newThread(r);
        thread.setContextClassLoader(ClassLoaderSanityThreadFactory.class.getClassLoader());
        return thread;
    }
}
