package io.jenkins.plugins.drbdocfs2.runner.credentials;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;

/** Credentials from a file. */
abstract class LocalCredentials implements StandardUsernameCredentials {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String username;

    LocalCredentials(String id, String username) {
        this.id = id;
        this.username = username;
    }

    @Override
    public @NonNull String getId() {
        return id;
    }

    @Override
    public @NonNull String getUsername() {
        return username;
    }

    @Override
    public @NonNull String getDescription() {
        return "";
    }

    @Override
    public CredentialsScope getScope() {
        return CredentialsScope.GLOBAL;
    }

    @Override
    public @NonNull CredentialsDescriptor getDescriptor() {
        throw new UnsupportedOperationException("credentials of the runner have no form");
    }
}
