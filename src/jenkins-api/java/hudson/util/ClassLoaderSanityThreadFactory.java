package hudson.util;

import java.util.concurrent.ThreadFactory;

/** Creates threads without a reference to another class loader. */
public class ClassLoaderSanityThreadFactory implements ThreadFactory {
    private final ThreadFactory delegate;

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
