package hudson.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** An access control list. */
public abstract class ACL {
    public static final Authentication SYSTEM2 = new SystemAuthentication();

    public boolean hasPermission2(@NonNull Authentication a, @NonNull Permission permission) {
        throw new AbstractMethodError("no hasPermission2 in " + getClass());
    }

    public final void checkPermission(@NonNull Permission p) {
        if (!hasPermission(p)) {
            throw new AccessDeniedException3(Jenkins.getAuthentication2(), p);
        }
    }

    public final boolean hasPermission(@NonNull Permission p) {
        return hasPermission2(Jenkins.getAuthentication2(), p);
    }

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
