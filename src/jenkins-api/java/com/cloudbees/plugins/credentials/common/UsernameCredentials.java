package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Credentials with a user name. */
public interface UsernameCredentials extends Credentials {
    /** The user name. */
    @NonNull
    String getUsername();

    /** Whether it is to be hidden too. */
    default boolean isUsernameSecret() {
        return false;
    }
}
