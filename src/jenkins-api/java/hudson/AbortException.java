package hudson;

import java.io.IOException;

/** An expected failure: the log shows only its message, without a stack trace. */
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    public AbortException() {}

    public AbortException(String message) {
        super(message);
    }
}
