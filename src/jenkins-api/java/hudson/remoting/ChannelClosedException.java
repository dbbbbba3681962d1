package hudson.remoting;

import java.io.IOException;

/** The way to another process is closed. */
public class ChannelClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Said in words. */
    public ChannelClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
