package io.jenkins.plugins.drbdocfs2.engine;

/** A step that cannot go on. Its message is for the reader of the build log. */
public class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was being done, where, what was found and what to do */
    public StepFailure(String message) {
        super(message);
    }

    /**
     * @param message what was being done, where, what was found and what to do
     * @param cause what told so
     */
    public StepFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
