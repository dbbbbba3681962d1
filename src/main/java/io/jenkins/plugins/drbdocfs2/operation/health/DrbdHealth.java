package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The health of DRBD resources. */
public final class DrbdHealth {
    private DrbdHealth() {}

    /**
     * The problems of these resources, and the nodes that do not answer, sorted by what to do first. Needs the facts of
     * drbdStatus.
     */
    public static List<Problem> problems(ClusterFacts facts, Set<String> resources) {
        return HealthRule.all(facts, Stream.concat(Stream.of(new MissingNodesRule()), rules(resources)));
    }

    /** The rules for these resources. */
    static Stream<HealthRule> rules(Set<String> resources) {
        Stream<HealthRule> each = Stream.<Function<String, HealthRule>>of(
                        SplitBrainRule::new,
                        SuspendedRule::new,
                        ResourceUpRule::new,
                        DiskRule::new,
                        ConnectionRule::new,
                        FencingRule::new)
                .flatMap(rule -> resources.stream().map(rule));
        return Stream.concat(Stream.of(new DrbdReadRule(resources)), each);
    }
}
