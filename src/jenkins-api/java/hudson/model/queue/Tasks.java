package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue.Task;
import hudson.security.ACL;
import org.springframework.security.core.Authentication;

/** Functions for queued tasks. */
public class Tasks {
    private Tasks() {}

    /** The user that it runs as; here always the controller itself. */
    public static @NonNull Authentication getAuthenticationOf2(@NonNull Task t) {
        return ACL.SYSTEM2;
    }
}
