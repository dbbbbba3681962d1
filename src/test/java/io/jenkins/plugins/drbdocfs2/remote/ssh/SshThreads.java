package io.jenkins.plugins.drbdocfs2.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Threads of connections and scripts. */
final class SshThreads {
    private static final int SAFETY_NET_MILLIS = 20_000;

    private SshThreads() {}

    /** Threads whose names begin with one of these. */
    static List<Thread> named(String... beginnings) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of(beginnings).stream().anyMatch(thread.getName()::startsWith))
                .toList();
    }

    /** Waits until all threads of connections, scripts and nodes have ended. */
    static void awaitNone() throws InterruptedException {
        for (Thread thread : named("SSH connection", "SSH script", "cluster nodes")) {
            thread.join(SAFETY_NET_MILLIS);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }
}
