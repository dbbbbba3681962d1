package io.jenkins.plugins.drbdocfs2.report;

/** Where the whole of what a page shows a part of can be read. Addresses are relative to the page. */
public interface OutputLinks {
    /**
     * All that a step said.
     *
     * @param step its number, from 1
     */
    String step(int step);

    /**
     * An output of a command.
     *
     * @param step the step's number, from 1
     * @param node the name of the node
     * @param command the command's place among those of the node in that step, from 1
     * @param stream {@code command} for its line, {@code stdout} or {@code stderr}
     */
    String output(int step, String node, int command, String stream);
}
