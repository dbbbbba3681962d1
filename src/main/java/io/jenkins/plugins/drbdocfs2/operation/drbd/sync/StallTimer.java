package io.jenkins.plugins.drbdocfs2.operation.drbd.sync;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices that a wait makes no progress: what it sees stays the same for longer than a limit. */
final class StallTimer {
    private final Duration limit;
    private final LongSupplier nanoTime;
    private String last = "";
    private long changedAt;

    StallTimer(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.changedAt = nanoTime.getAsLong();
    }

    void see(String state) {
        if (!state.equals(last)) {
            last = state;
            changedAt = nanoTime.getAsLong();
        }
    }

    /** The limit. */
    long seconds() {
        return limit.toSeconds();
    }

    boolean isOver() {
        return nanoTime.getAsLong() - changedAt > limit.toNanos();
    }
}
