package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Objects;

/** The cause of an interruption. */
public abstract class CauseOfInterruption implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract String getShortDescription();

    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }

    public static final class UserInterruption extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String user;

        public UserInterruption(@NonNull String userId) {
            user = userId;
        }

        public @NonNull String getUserId() {
            return user;
        }

        @Override
        public String getShortDescription() {
            return "Aborted by " + user;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof UserInterruption that && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return Objects.hash(user);
        }
    }
}
