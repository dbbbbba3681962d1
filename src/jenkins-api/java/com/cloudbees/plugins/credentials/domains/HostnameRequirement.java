package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A host. */
public class HostnameRequirement extends DomainRequirement {
    private static final long serialVersionUID = 1L;
    private final @CheckForNull String hostname;

    /** By name. */
    public HostnameRequirement(@CheckForNull String hostname) {
        this.hostname = hostname;
    }

    /** The name. */
    public @CheckForNull String getHostname() {
        return hostname;
    }
}
