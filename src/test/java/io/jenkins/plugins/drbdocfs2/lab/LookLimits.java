package io.jenkins.plugins.drbdocfs2.lab;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.Map;

/**
 * What the looks of a step that finds nothing to change may cost on a node of the lab, so that this does not grow unnoticed. A
 * step that needs less from now on gets the lower limit.
 */
final class LookLimits {
    /** What other programs of a node start meanwhile. */
    private static final int OTHERS = 30;

    /** @param processes those of the probes */
    private record Limit(int roundTrips, int processes) {}

    private static final Map<String, Limit> LIMITS = Map.ofEntries(
            entry("clusterCheck", new Limit(3, 36)),
            entry("drbdInstall", new Limit(1, 10)),
            entry("ocfs2Install", new Limit(1, 6)),
            entry("lvmCreateVolume", new Limit(1, 30)),
            entry("drbdCreateResource", new Limit(1, 52)),
            entry("drbdPromote", new Limit(1, 10)),
            entry("drbdWaitSync", new Limit(1, 8)),
            entry("drbdVerify", new Limit(2, 30)),
            entry("ocfs2ConfigureCluster", new Limit(1, 18)),
            entry("ocfs2Format", new Limit(1, 21)),
            entry("clusterMount", new Limit(1, 20)),
            entry("ocfs2VerifySharing", new Limit(4, 14)),
            entry("drbdStatus", new Limit(2, 12)),
            entry("ocfs2Status", new Limit(2, 16)),
            entry("clusterExec", new Limit(2, 0)),
            entry("filesystemFormat", new Limit(1, 30)),
            entry("drbdSwitchover", new Limit(2, 102)),
            entry("clusterUnmount", new Limit(1, 12)),
            entry("drbdDemote", new Limit(1, 52)),
            entry("drbdResolveSplitBrain", new Limit(2, 100)),
            entry("drbdResize", new Limit(2, 75)),
            entry("drbdRemoveResource", new Limit(1, 59)));

    private LookLimits() {}

    /** Checks the result of a step that changed nothing. */
    static void check(JsonObject result) {
        String step = result.getString("step");
        Limit limit = requireNonNull(LIMITS.get(step), () -> "there is no limit for " + step);
        JsonObject looks = result.getObject("looks");
        assertThat(looks.getInt("roundTrips")).as(result.toString()).isEqualTo(limit.roundTrips());
        assertThat(looks.getInt("processes")).as(result.toString()).isBetween(0, limit.processes() + OTHERS);
    }
}
