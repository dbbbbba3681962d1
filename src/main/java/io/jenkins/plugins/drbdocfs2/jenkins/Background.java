package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that steps wait for nodes on; there are as many as steps are running, and none when none is. */
public final class Background {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "drbd-ocfs2-steps"));

    private Background() {}

    /** Runs something soon. */
    public static void submit(Runnable work) {
        THREADS.execute(work);
    }
}
