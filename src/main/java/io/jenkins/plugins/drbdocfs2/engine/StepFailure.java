package io.jenkins.plugins.drbdocfs2.engine;

/** A step that cannot continue. The message is for the build log. */
public class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message the action, the node, the finding and the remedy */
    public StepFailure(String message) {
        super(message);
    }

    /**
     * @param message the action, the node, the finding and the remedy
     * @param cause the cause
     */
    public StepFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
