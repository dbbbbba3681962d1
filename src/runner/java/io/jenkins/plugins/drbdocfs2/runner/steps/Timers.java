package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks later. */
final class Timers {
    private static final ScheduledExecutorService EXECUTOR = Executors.newSingleThreadScheduledExecutor(
            new NamingThreadFactory(new DaemonThreadFactory(), "runner.Timers"));

    private Timers() {}

    static ScheduledFuture<?> after(long millis, Runnable task) {
        return EXECUTOR.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** A time span in the form of Jenkins: its two largest units. */
    static String span(long millis) {
        long seconds = millis / 1000;
        if (seconds >= 3600) {
            return seconds / 3600 + " hr " + seconds % 3600 / 60 + " min";
        } else if (seconds >= 60) {
            return seconds / 60 + " min " + seconds % 60 + " sec";
        } else if (seconds > 0) {
            return seconds + " sec";
        }
        return millis + " ms";
    }
}
