package hudson.remoting;

/** Another process could not be worked with. */
public class RemotingSystemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Because of something. */
    public RemotingSystemException(Throwable cause) {
        super(cause);
    }
}
