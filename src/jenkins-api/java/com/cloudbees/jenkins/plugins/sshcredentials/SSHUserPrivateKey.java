package com.cloudbees.jenkins.plugins.sshcredentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import java.util.List;

/** Who logs in over SSH with a key. */
public interface SSHUserPrivateKey extends SSHUser {
    /** The passphrase of the keys, or null. */
    @CheckForNull
    Secret getPassphrase();

    /** The keys, in PEM or OpenSSH form. */
    @NonNull
    List<String> getPrivateKeys();
}
