package hudson.remoting;

/** The connection to another process was lost during a call. */
public class RequestAbortedException extends RemotingSystemException {
    private static final long serialVersionUID = 1L;

    public RequestAbortedException(Throwable cause) {
        super(cause);
    }
}
