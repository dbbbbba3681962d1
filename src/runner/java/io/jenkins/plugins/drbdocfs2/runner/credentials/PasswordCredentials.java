package io.jenkins.plugins.drbdocfs2.runner.credentials;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;

/** A user name and a password. */
final class PasswordCredentials extends LocalCredentials implements StandardUsernamePasswordCredentials {
    private static final long serialVersionUID = 1L;

    private final Secret password;

    PasswordCredentials(String id, String username, String password) {
        super(id, username);
        this.password = Secret.fromString(password);
    }

    @Override
    public @NonNull Secret getPassword() {
        return password;
    }
}
