package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Credentials with an ID. */
public interface IdCredentials extends Credentials {
    @NonNull
    String getId();
}
