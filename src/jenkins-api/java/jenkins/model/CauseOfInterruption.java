package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Objects;

/** Why something was cut off. */
public abstract class CauseOfInterruption implements Serializable {
    private static final long serialVersionUID = 1L;

    /** One line. */
    public abstract String getShortDescription();

    /** Tells it in a log. */
    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }

    /** Someone asked for it. */
    public static final class UserInterruption extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String user;

        /** By the user's id. */
        public UserInterruption(@NonNull String userId) {
            user = userId;
        }

        /** The user's id. */
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
