package io.jenkins.plugins.drbdocfs2.remote.ssh;

import java.io.Serializable;
import java.util.List;

/**
 * How to log in to a node. Holds secrets: it is handed on in memory only, and its text form shows none.
 *
 * @param credentialsId the id of the credentials, for messages
 * @param user the user name
 * @param privateKeys private keys in PEM or OpenSSH form; empty where the password is used
 * @param passphrase of the private keys, or null
 * @param password the user's password, also what sudo asks for; or null
 */
public record Login(String credentialsId, String user, List<String> privateKeys, String passphrase, String password)
        implements Serializable {
    @Override
    public String toString() {
        return "Login[" + user + " with credentials " + credentialsId + "]";
    }
}
