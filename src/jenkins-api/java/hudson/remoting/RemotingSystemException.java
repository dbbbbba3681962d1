package hudson.remoting;

/** A call to another process failed. */
public class RemotingSystemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RemotingSystemException(Throwable cause) {
        super(cause);
    }
}
