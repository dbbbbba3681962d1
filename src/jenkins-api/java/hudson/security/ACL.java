package hudson.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who may do what. */
public abstract class ACL {
    /** The controller itself, which may do everything. */
    public static final Authentication SYSTEM2 = new SystemAuthentication();

    /** Whether somebody has a right. */
    public boolean hasPermission2(@NonNull Authentication a, @NonNull Permission permission) {
        throw new AbstractMethodError("no hasPermission2 in " + getClass());
    }

    /** Throws where who acts has not the right. */
    public final void checkPermission(@NonNull Permission p) {
        if (!hasPermission(p)) {
            throw new AccessDeniedException3(Jenkins.getAuthentication2(), p);
        }
    }

    /** Whether who acts has the right. */
    public final boolean hasPermission(@NonNull Permission p) {
        return hasPermission2(Jenkins.getAuthentication2(), p);
    }

    /** From a function. */
    public static ACL lambda2(final BiFunction<Authentication, Permission, Boolean> impl) {
        return new ACL() {
            @Override
            public boolean hasPermission2(@NonNull Authentication a, @NonNull Permission permission) {
                return impl.apply(a, permission);
            }
        };
    }

    private static final class SystemAuthentication implements Authentication {
        private static final long serialVersionUID = 1L;

        @Override
        public String getName() {
            return "SYSTEM";
        }
    }
}
