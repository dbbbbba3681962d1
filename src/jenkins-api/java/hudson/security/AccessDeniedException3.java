package hudson.security;

import org.springframework.security.core.Authentication;

/** A right is not had. */
public class AccessDeniedException3 extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who lacks what. */
    public AccessDeniedException3(Authentication authentication, Permission permission) {
        super(authentication.getName() + " is missing the " + permission.name + " permission");
    }
}
