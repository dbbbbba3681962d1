package io.jenkins.plugins.drbdocfs2.engine;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal, built of named parts: {@code Refusal.of(kind).on(node).found(...).wouldLose(...).remedy(...)}. Null parts are
 * omitted.
 *
 * @param kind its kind
 * @param node the name of the node, or null for the cluster or a parameter
 * @param finding the finding, a sentence without its full stop
 * @param loss the possible loss or damage, a sentence without its full stop; or null
 * @param allowedBy the parameter that allows it, as in a Jenkinsfile; or null
 * @param remedy the remedy, a sentence without its full stop; or null
 */
public record Refusal(RefusalKind kind, String node, String finding, String loss, String allowedBy, String remedy)
        implements Serializable {
    /** A refusal of this kind without parts. */
    public static Refusal of(RefusalKind kind) {
        return new Refusal(kind, null, null, null, null, null);
    }

    /** The same about a node. */
    public Refusal on(String name) {
        return new Refusal(kind, name, finding, loss, allowedBy, remedy);
    }

    /** The same with the finding. */
    public Refusal found(String sentence) {
        return new Refusal(kind, node, sentence, loss, allowedBy, remedy);
    }

    /** The same with the possible loss or damage. */
    public Refusal wouldLose(String sentence) {
        return new Refusal(kind, node, finding, sentence, allowedBy, remedy);
    }

    /** The same with the parameter that allows it. */
    public Refusal allowedBy(String parameter) {
        return new Refusal(kind, node, finding, loss, parameter, remedy);
    }

    /** The same with the remedy. */
    public Refusal remedy(String sentence) {
        return new Refusal(kind, node, finding, loss, allowedBy, sentence);
    }

    /** The reason in one line. */
    public String text() {
        StringBuilder text = new StringBuilder(node == null ? "" : node + ": ")
                .append(finding)
                .append('.');
        if (loss != null) {
            text.append(' ').append(loss).append('.');
        }
        if (remedy != null) {
            text.append(' ').append(remedy).append('.');
        }
        return text.toString();
    }

    /** Its parts as in the result of a step, without missing ones. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", kind.id());
        map.put("node", node);
        map.put("finding", finding);
        map.put("loss", loss);
        map.put("allowedBy", allowedBy);
        map.put("remedy", remedy);
        map.values().removeIf(part -> part == null);
        return map;
    }
}
