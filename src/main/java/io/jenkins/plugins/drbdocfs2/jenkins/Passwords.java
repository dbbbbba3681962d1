package io.jenkins.plugins.drbdocfs2.jenkins;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import java.util.List;

/** Finds passwords in the Jenkins credentials that are not logins, such as DRBD's shared-secret. */
public final class Passwords {
    private static final CredentialsMatcher USABLE =
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class);

    private Passwords() {}

    /**
     * The password of credentials, looked up with the permissions of the build and recorded as used by it.
     *
     * @param id the ID of the credentials
     * @param run the build
     * @param use its purpose, for the message
     * @throws AbortException if the credentials do not exist or have no password
     */
    public static String of(String id, Run<?, ?> run, String use) throws AbortException {
        return find(id, run, use, "Username with password (only the password is used)")
                .getPassword()
                .getPlainText();
    }

    /** The credentials with a user name and a password, like {@link #of}. */
    public static StandardUsernamePasswordCredentials withUser(String id, Run<?, ?> run, String use)
            throws AbortException {
        return find(id, run, use, "Username with password");
    }

    private static StandardUsernamePasswordCredentials find(String id, Run<?, ?> run, String use, String wanted)
            throws AbortException {
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of());
        CredentialsProvider.track(run, found);
        if (found == null) {
            throw new AbortException("There are no credentials '" + id + "' that this build may use for " + use
                    + ". Expected: " + wanted + ", in the job's folder or in Jenkins with the scope Global");
        }
        if (found instanceof StandardUsernamePasswordCredentials credentials) {
            return credentials;
        }
        throw new AbortException("The credentials '" + id + "' for " + use + " are of the kind '"
                + found.getDescriptor().getDisplayName() + "'. Expected: " + wanted);
    }

    /** The choices of a credentials field, for users who may use or see them; the first is "none". */
    public static ListBoxModel offer(Item item, String current) {
        return Logins.offer(item, current, USABLE);
    }
}
