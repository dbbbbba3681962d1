package com.cloudbees.plugins.credentials;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;

/** Chooses credentials. */
public interface CredentialsMatcher extends Serializable {
    /** Whether these are chosen. */
    boolean matches(@NonNull Credentials item);
}
