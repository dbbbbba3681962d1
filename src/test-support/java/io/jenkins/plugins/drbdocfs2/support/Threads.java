package io.jenkins.plugins.drbdocfs2.support;

import java.util.concurrent.Executor;

/** Threads for tasks that wait. The common pool has a single thread on two processors, so one such task would stop all others. */
public final class Threads {
    /** Runs each task on a thread of its own. */
    public static final Executor ONE_EACH = task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
    };

    private Threads() {}
}
