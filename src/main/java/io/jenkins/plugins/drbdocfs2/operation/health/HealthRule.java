package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds problems of one sort in the facts of the nodes. Facts that were not probed are no problem. */
@FunctionalInterface
interface HealthRule {
    /** The problems, in the order of the nodes. */
    List<Problem> problems(ClusterFacts facts);

    /** The problems that some rules find, sorted by what to do first. */
    static List<Problem> all(ClusterFacts facts, Stream<HealthRule> rules) {
        return rules.flatMap(rule -> rule.problems(facts).stream())
                .sorted(Comparator.comparing(Problem::kind))
                .toList();
    }
}
