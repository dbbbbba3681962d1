package hudson.tasks;

/** What a step waits for in earlier builds. */
public enum BuildStepMonitor {
    NONE,
    STEP,
    BUILD
}
