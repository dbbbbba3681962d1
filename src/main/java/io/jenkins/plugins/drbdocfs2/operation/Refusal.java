package io.jenkins.plugins.drbdocfs2.operation;

/**
 * A reason not to act.
 *
 * @param node the name of the node, or null where it is about the cluster or a parameter
 * @param finding what was found, a sentence without its full stop
 * @param loss what would be lost or go wrong, a sentence without its full stop; or null
 * @param remedy what to do, and which parameter allows it if one does, a sentence without its full stop; or null
 */
public record Refusal(String node, String finding, String loss, String remedy) {
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
}
