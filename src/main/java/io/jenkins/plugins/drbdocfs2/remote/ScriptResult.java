package io.jenkins.plugins.drbdocfs2.remote;

/**
 * What a script left behind when it ended by itself.
 *
 * @param exitCode its exit code; 128 + n where signal n ended it
 * @param stdout what it printed, decoded as UTF-8 with U+FFFD for what is not; the middle is left out and the gap named
 *     in place of it where it was more than the script's limit
 * @param stderr likewise what it printed on standard error
 * @param durationMillis how long it took, milliseconds
 * @param cut whether the middle of {@code stdout} was left out
 */
public record ScriptResult(int exitCode, String stdout, String stderr, long durationMillis, boolean cut) {
    /** What a script left behind whose standard output is whole. */
    public ScriptResult(int exitCode, String stdout, String stderr, long durationMillis) {
        this(exitCode, stdout, stderr, durationMillis, false);
    }

    /** Whether the exit code is 0. */
    public boolean ok() {
        return exitCode == 0;
    }
}
