package io.jenkins.plugins.drbdocfs2.jenkins;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.HostnamePortRequirement;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.drbdocfs2.remote.Login;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the credentials of a session's nodes in Jenkins. */
public final class Logins {
    private Logins() {}

    /**
     * The login of each node by the node's name, looked up as the build may and noted as used by it. Holds secrets.
     *
     * @throws AbortException if there is no credential of that id, or it is of a kind that SSH has no use for
     */
    public static Map<String, Login> of(ClusterSession session, Run<?, ?> run) throws AbortException {
        Map<String, Login> logins = new LinkedHashMap<>();
        for (Node node : session.getNodes()) {
            logins.put(node.name(), of(session.getCredentialsIds().get(node.name()), node, run));
        }
        return logins;
    }

    private static Login of(String id, Node node, Run<?, ?> run) throws AbortException {
        if (id == null) {
            throw new AbortException("No credentials are given for the node " + node.name()
                    + ": set credentialsId on withClusterNodes or on the node");
        }
        StandardUsernameCredentials found = CredentialsProvider.findCredentialById(
                id,
                StandardUsernameCredentials.class,
                run,
                List.of(new HostnamePortRequirement(node.host(), node.port())));
        if (found == null) {
            throw new AbortException("There are no credentials '" + id + "' that this build may use for the node "
                    + node.name() + ". Wanted: SSH username with private key, or username with password");
        }
        CredentialsProvider.track(run, found);
        if (found instanceof SSHUserPrivateKey key) {
            return new Login(
                    id, key.getUsername(), List.copyOf(key.getPrivateKeys()), plain(key.getPassphrase()), null);
        }
        if (found instanceof StandardUsernamePasswordCredentials password) {
            return new Login(id, password.getUsername(), List.of(), null, plain(password.getPassword()));
        }
        throw new AbortException("The credentials '" + id + "' for the node " + node.name() + " are of the kind "
                + found.getClass().getSimpleName()
                + ". Wanted: SSH username with private key, or username with password");
    }

    private static String plain(Secret secret) {
        return secret == null || secret.getPlainText().isEmpty() ? null : secret.getPlainText();
    }
}
