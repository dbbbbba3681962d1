package hudson.remoting;

/** The way to another process was lost while it did something. */
public class RequestAbortedException extends RemotingSystemException {
    private static final long serialVersionUID = 1L;

    /** Because of something. */
    public RequestAbortedException(Throwable cause) {
        super(cause);
    }
}
