package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.Serializable;
import java.util.List;

/**
 * The login to a node. It holds secrets: it stays in memory, and its text form shows none.
 *
 * @param credentialsId the ID of the credentials, for messages
 * @param user the user name
 * @param privateKeys private keys in PEM or OpenSSH format; empty if the password is used
 * @param passphrase of the private keys, or null
 * @param password the user's password, also for sudo; or null
 */
public record Login(String credentialsId, String user, List<String> privateKeys, String passphrase, String password)
        implements Serializable {
    @Override
    public String toString() {
        return "Login[" + user + " with credentials " + credentialsId + "]";
    }
}
