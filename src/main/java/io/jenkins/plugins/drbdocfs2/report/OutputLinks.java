package io.jenkins.plugins.drbdocfs2.report;

/** URLs of the whole outputs that a page shortens, relative to the page. */
public interface OutputLinks {
    /**
     * The whole output of a step.
     *
     * @param step its number, from 1
     */
    String step(int step);

    /**
     * An output of a command.
     *
     * @param step the step's number, from 1
     * @param node the name of the node
     * @param command the number of the command on the node in this step, from 1
     * @param stream {@code command} for its line, {@code stdout} or {@code stderr}
     */
    String output(int step, String node, int command, String stream);
}
