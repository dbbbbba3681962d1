package io.jenkins.plugins.drbdocfs2.check;

/** A parameter has a value that the tools reject, or that is never useful. The message is a complete sentence. */
public class InvalidParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /**
     * @param parameter the parameter's name as the user writes it, such as {@code port}
     * @param message a sentence that says what is wrong and what is allowed; no secrets in it
     */
    public InvalidParameterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The name of the parameter that is wrong. */
    public String parameter() {
        return parameter;
    }
}
