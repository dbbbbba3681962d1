package hudson.security;

import org.springframework.security.core.Authentication;

/** A permission is missing. */
public class AccessDeniedException3 extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException3(Authentication authentication, Permission permission) {
        super(authentication.getName() + " is missing the " + permission.name + " permission");
    }
}
