package hudson.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep the process alive. */
public class DaemonThreadFactory implements ThreadFactory {
    private final ThreadFactory core;

    /** Plain threads. */
    public DaemonThreadFactory() {
        this(Executors.defaultThreadFactory());
    }

    /** Another factory's threads. */
    public DaemonThreadFactory(ThreadFactory core) {
        this.core = core;
    }

    @Override
    public Thread newThread(Runnable r) {
        Thread thread = core.newThread(r);
        thread.setDaemon(true);
        return thread;
    }
}
