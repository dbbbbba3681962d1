package hudson;

import java.io.IOException;

/** A failure that is the user's to mend: the log shows its message and no stack. */
public class AbortException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Where all has been said already. */
    public AbortException() {}

    /** With what the log shows. */
    public AbortException(String message) {
        super(message);
    }
}
