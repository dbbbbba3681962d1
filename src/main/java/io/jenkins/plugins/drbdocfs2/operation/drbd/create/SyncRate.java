package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import java.util.Optional;

/** Whether a resource would synchronise at DRBD's fixed rate of 250 KiB/s, a day for 20 GiB. drbd_limits.h. */
final class SyncRate {
    private SyncRate() {}

    /**
     * The notes for the log. Since 8.4 a controller chooses the rate unless {@code c-plan-ahead} is 0;
     * 8.3 has it off unless it is set.
     */
    static Optional<String> warning(String resource, EffectiveOptions options, DrbdGeneration generation) {
        String plan = options.value("c-plan-ahead").orElse(generation == DrbdGeneration.V83 ? "0" : "20");
        boolean rate = options.value("resync-rate").isPresent()
                || options.value("syncer", "rate").isPresent()
                || options.value("disk", "rate").isPresent();
        return !plan.equals("0") || rate
                ? Optional.empty()
                : Optional.of(Plan.WARNING + "'" + resource + "' synchronises at 250 KiB/s, since c-plan-ahead is 0 and"
                        + " no rate is set: a day for 20 GiB. Set disk { resync-rate 100M; }, or leave c-plan-ahead out"
                        + " and set c-max-rate, with options");
    }
}
