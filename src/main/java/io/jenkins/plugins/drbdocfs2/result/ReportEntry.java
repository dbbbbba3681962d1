package io.jenkins.plugins.drbdocfs2.result;

/**
 * A step in a {@link ReportFile}.
 *
 * @param number its place among the steps, from 1
 * @param id as it began
 * @param position where in the file the newest line about it is
 * @param length how long that line is, bytes, without its end
 * @param state in a word how it ended, or null while there is no end of it
 */
public record ReportEntry(int number, String id, long position, int length, String state) {
    /** Whether its end is in the file. */
    public boolean hasEnded() {
        return state != null;
    }
}
