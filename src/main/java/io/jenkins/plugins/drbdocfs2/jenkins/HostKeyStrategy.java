package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.drbdocfs2.remote.hostkeys.HostKeys;
import java.io.Serializable;

/** A way to verify the nodes' host keys, to choose in withClusterNodes. Kept with the build, so a plain class. */
public abstract class HostKeyStrategy extends AbstractDescribableImpl<HostKeyStrategy>
        implements ExtensionPoint, Serializable {
    /** Names another known_hosts file than that of the user that Jenkins, or its agent, runs as. */
    static final String FILE_PROPERTY = "io.jenkins.plugins.drbdocfs2.knownHosts";

    private static final long serialVersionUID = 1L;

    /** The strategy without what is Jenkins' own. */
    public abstract HostKeys toHostKeys();

    static String defaultFile() {
        return System.getProperty(FILE_PROPERTY, "~/.ssh/known_hosts");
    }
}
