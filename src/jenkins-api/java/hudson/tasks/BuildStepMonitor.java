package hudson.tasks;

/** What of other builds a step waits for. */
public enum BuildStepMonitor {
    /** Nothing. */
    NONE,
    /** The same step in the build before. */
    STEP,
    /** The build before. */
    BUILD
}
