package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.EffectiveOptions;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The automatic actions of DRBD after a split brain, by the policies of a resource. drbd.conf(5). */
final class SplitBrainPolicies {
    /** The policies that discard no writes, by option. */
    private static final Map<String, List<String>> HARMLESS = new LinkedHashMap<>();

    static {
        HARMLESS.put("after-sb-0pri", List.of("disconnect", "discard-zero-changes"));
        // consensus discards what after-sb-0pri would, which is reported there
        HARMLESS.put("after-sb-1pri", List.of("disconnect", "consensus"));
        HARMLESS.put("after-sb-2pri", List.of("disconnect"));
        HARMLESS.put("rr-conflict", List.of("disconnect", "retry-connect"));
    }

    private SplitBrainPolicies() {}

    /** The notes for the log: the policies that discard data without asking. */
    static List<String> warnings(String resource, EffectiveOptions options) {
        List<String> warnings = new ArrayList<>();
        HARMLESS.forEach((option, harmless) -> options.values(option).stream()
                .filter(policy -> !harmless.contains(policy) && !policy.startsWith("violently"))
                .forEach(policy -> warnings.add(Plan.WARNING + "'" + resource + "' has " + option + " " + policy + ": "
                        + consequence(policy))));
        return warnings;
    }

    private static String consequence(String policy) {
        return policy.startsWith("call-pri-lost")
                ? "after a split brain DRBD chooses a side by itself and calls its handler, which should reset that "
                        + "node; its writes since the split are lost. With disconnect nothing is lost until "
                        + "drbdResolveSplitBrain names a side"
                : "after a split brain DRBD discards one side's writes by itself. With disconnect nothing is lost until"
                        + " drbdResolveSplitBrain names a side";
    }

    /** Refuses options outside the resource with a policy that is never safe. */
    static void refuse(String node, String resource, EffectiveOptions options, Refusals refusals) {
        for (String option : HARMLESS.keySet()) {
            options.values(option).stream()
                    .filter(policy -> policy.startsWith("violently"))
                    .forEach(policy -> refusals.add(Refusal.of(DrbdConfigurationRefusal.COMMON_POLICY)
                            .on(node)
                            .found("the section common of the node's files sets " + option + " " + policy
                                    + ", which holds for '" + resource + "' too")
                            .wouldLose("DRBD would discard the data of a running Primary below its filesystem")
                            .remedy("Remove it from that file, or set " + option + " disconnect with options")));
        }
    }
}
