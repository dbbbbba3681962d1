package io.jenkins.plugins.drbdocfs2.result;

/**
 * A step in a {@link ReportFile}.
 *
 * @param number the number of the step, from 1
 * @param id the ID of the step
 * @param position the position of the latest line about it in the file
 * @param length the length of that line in bytes, without its line end
 * @param state its final state, or null if it has not ended
 */
public record ReportEntry(int number, String id, long position, int length, String state) {
    /** Whether its end is in the file. */
    public boolean hasEnded() {
        return state != null;
    }
}
