package io.jenkins.plugins.drbdocfs2.jenkins;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernameListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.HostnamePortRequirement;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** Finds the credentials of a session's nodes in Jenkins. */
public final class Logins {
    /** The kinds of credentials that SSH can use, for messages. */
    static final String WANTED = "SSH Username with private key, or Username with password";

    /** Matches credentials that SSH can use. */
    static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(SSHUserPrivateKey.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private Logins() {}

    /**
     * The login of each node by node name, looked up with the permissions of the build and recorded as used by it. It holds
     * secrets.
     *
     * @throws AbortException if the credentials do not exist, or SSH cannot use them
     */
    public static Map<String, Login> of(ClusterSession session, Run<?, ?> run) throws AbortException {
        return of(session, "this build", (id, where) -> {
            StandardCredentials found =
                    CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, where);
            return CredentialsProvider.track(run, found);
        });
    }

    /**
     * The login of each node by node name, looked up with the permissions of Jenkins itself, for the connection test. It holds
     * secrets.
     *
     * @throws AbortException as {@link #of(ClusterSession, Run)}
     */
    static Map<String, Login> ofJenkins(ClusterSession session) throws AbortException {
        return of(
                session,
                "Jenkins",
                (id, where) -> CredentialsMatchers.firstOrNull(
                        CredentialsProvider.lookupCredentialsInItemGroup(
                                StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, where),
                        CredentialsMatchers.withId(id)));
    }

    /** The choices of a credentials field, for users who may use or see them; the first is "none". */
    static ListBoxModel offer(Item item, String current, CredentialsMatcher usable) {
        boolean may = FormField.maySee(item) || item != null && item.hasPermission(CredentialsProvider.USE_ITEM);
        return (may ? choices(item, usable) : new StandardUsernameListBoxModel())
                .includeCurrentValue(Util.fixNull(current));
    }

    /** The credentials that the configuration of a job, or of Jenkins without a job, can choose; the first is "none". */
    static AbstractIdCredentialsListBoxModel<StandardUsernameListBoxModel, StandardUsernameCredentials> choices(
            Item item, CredentialsMatcher usable) {
        var choices = new StandardUsernameListBoxModel().includeEmptyValue();
        return item == null
                ? choices.includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StandardUsernameCredentials.class, List.of(), usable)
                : choices.includeMatchingAs(
                        item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2,
                        item,
                        StandardUsernameCredentials.class,
                        List.of(),
                        usable);
    }

    /** Finds credentials by ID for a host; null if there are none. */
    private interface Store {
        StandardCredentials find(String id, List<DomainRequirement> where);
    }

    private static Map<String, Login> of(ClusterSession session, String who, Store store) throws AbortException {
        Map<String, Login> logins = new LinkedHashMap<>();
        for (Node node : session.getNodes()) {
            logins.put(node.name(), of(session.getCredentialsIds().get(node.name()), node, who, store));
        }
        return logins;
    }

    private static Login of(String id, Node node, String who, Store store) throws AbortException {
        if (id == null) {
            throw new AbortException("There are no credentials for the node " + node.name()
                    + ": set credentialsId for all nodes or for this one");
        }
        StandardCredentials found = store.find(id, List.of(new HostnamePortRequirement(node.host(), node.port())));
        if (found == null) {
            throw new AbortException("There are no credentials '" + id + "' that " + who + " may use for the node "
                    + node.name() + " (" + node.host() + "). Expected: " + WANTED
                    + ", in the job's folder or in Jenkins with the scope Global");
        }
        // Self-contained from here on: the secrets go to an agent without access to the credentials store
        StandardCredentials whole = CredentialsProvider.snapshot(StandardCredentials.class, found);
        if (whole instanceof SSHUserPrivateKey key) {
            return new Login(
                    id, key.getUsername(), List.copyOf(key.getPrivateKeys()), plain(key.getPassphrase()), null);
        }
        if (whole instanceof StandardUsernamePasswordCredentials password) {
            return new Login(id, password.getUsername(), List.of(), null, plain(password.getPassword()));
        }
        throw new AbortException("The credentials '" + id + "' for the node " + node.name() + " are of the kind '"
                + found.getDescriptor().getDisplayName() + "', which SSH cannot use. Expected: " + WANTED);
    }

    private static String plain(Secret secret) {
        return secret == null || secret.getPlainText().isEmpty() ? null : secret.getPlainText();
    }
}
