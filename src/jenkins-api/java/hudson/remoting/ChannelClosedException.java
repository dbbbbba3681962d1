package hudson.remoting;

import java.io.IOException;

/** The connection to another process is closed. */
public class ChannelClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChannelClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
