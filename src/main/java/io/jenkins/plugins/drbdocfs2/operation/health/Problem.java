package io.jenkins.plugins.drbdocfs2.operation.health;

import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A problem of a cluster.
 *
 * @param kind its kind
 * @param node the name of the node, or null if it is of no single node
 * @param resource the DRBD resource, or null
 * @param finding the finding, a sentence without its full stop
 * @param remedy what to do, one or more sentences without the last full stop
 */
public record Problem(ProblemKind kind, String node, String resource, String finding, String remedy)
        implements Serializable {
    /** A problem with the remedy of its kind. */
    static Problem of(ProblemKind kind, String node, String finding) {
        return new Problem(kind, node, null, finding.replaceFirst("[.\\s]+$", ""), kind.plainRemedy());
    }

    /** A problem for which a step would refuse. */
    static Problem of(ProblemKind kind, Refusal refusal) {
        Problem problem = of(kind, refusal.node(), refusal.finding());
        return refusal.remedy() == null ? problem : problem.remedy(refusal.remedy());
    }

    /** The same of a resource. */
    Problem of(String name) {
        return new Problem(kind, node, name, finding, remedy);
    }

    /** The same with another remedy. */
    Problem remedy(String sentences) {
        return new Problem(kind, node, resource, finding, sentences);
    }

    /** In one line, for the log. */
    public String line() {
        String start = node == null ? "" : node + ": ";
        return kind.severity().word() + " " + kind.id() + ": " + start + finding + ". " + remedy;
    }

    /** Its parts as in the result of a step, without missing ones. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", kind.severity().word());
        map.put("id", kind.id());
        map.put("node", node);
        map.put("resource", resource);
        map.put("finding", finding);
        map.put("remedy", remedy);
        map.values().removeIf(Objects::isNull);
        return map;
    }
}
