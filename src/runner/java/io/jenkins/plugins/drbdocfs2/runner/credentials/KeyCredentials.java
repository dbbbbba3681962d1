package io.jenkins.plugins.drbdocfs2.runner.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import java.util.List;

/** A user name and a private key. */
final class KeyCredentials extends LocalCredentials implements SSHUserPrivateKey {
    private static final long serialVersionUID = 1L;

    private final Secret privateKey;
    private final Secret passphrase;

    KeyCredentials(String id, String username, String privateKey, @CheckForNull String passphrase) {
        super(id, username);
        this.privateKey = Secret.fromString(privateKey);
        this.passphrase = passphrase == null ? null : Secret.fromString(passphrase);
    }

    @Override
    public Secret getPassphrase() {
        return passphrase;
    }

    @Override
    public @NonNull List<String> getPrivateKeys() {
        return List.of(privateKey.getPlainText());
    }
}
