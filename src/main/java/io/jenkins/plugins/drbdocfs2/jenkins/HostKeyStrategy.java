package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.Serializable;

/** A host key strategy of withClusterNodes. It is saved with the build, so it is a plain class. */
public abstract class HostKeyStrategy extends AbstractDescribableImpl<HostKeyStrategy>
        implements ExtensionPoint, Serializable {
    /** The system property with the path of another known_hosts file than that of the user that runs SSH. */
    static final String FILE_PROPERTY = "io.jenkins.plugins.drbdocfs2.knownHosts";

    private static final long serialVersionUID = 1L;

    /** The strategy without Jenkins types. */
    public abstract HostKeys toHostKeys();

    static String defaultFile() {
        return System.getProperty(FILE_PROPERTY, "~/.ssh/known_hosts");
    }
}
