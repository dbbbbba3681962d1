package io.jenkins.plugins.drbdocfs2.remote;

/**
 * The result of a script that ended by itself.
 *
 * @param exitCode its exit code; 128 + n if signal n ended it
 * @param stdout its standard output, decoded as UTF-8 with U+FFFD for invalid bytes; beyond the limit of the script a
 *     note replaces the middle
 * @param stderr its standard error likewise
 * @param durationMillis how long it took, milliseconds
 * @param cut whether the middle of {@code stdout} was left out
 */
public record ScriptResult(int exitCode, String stdout, String stderr, long durationMillis, boolean cut) {
    /** The result of a script with complete standard output. */
    public ScriptResult(int exitCode, String stdout, String stderr, long durationMillis) {
        this(exitCode, stdout, stderr, durationMillis, false);
    }

    /** Whether the exit code is 0. */
    public boolean ok() {
        return exitCode == 0;
    }
}
