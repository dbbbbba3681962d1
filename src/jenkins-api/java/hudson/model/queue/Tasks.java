package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue.Task;
import hudson.security.ACL;
import org.springframework.security.core.Authentication;

/** Functions on what can be queued. */
public class Tasks {
    private Tasks() {}

    /** As whom it is run; here always as the controller itself. */
    public static @NonNull Authentication getAuthenticationOf2(@NonNull Task t) {
        return ACL.SYSTEM2;
    }
}
