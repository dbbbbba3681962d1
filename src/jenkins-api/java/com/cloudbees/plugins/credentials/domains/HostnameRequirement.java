package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Credentials for a host. */
public class HostnameRequirement extends DomainRequirement {
    private static final long serialVersionUID = 1L;
    private final @CheckForNull String hostname;

    public HostnameRequirement(@CheckForNull String hostname) {
        this.hostname = hostname;
    }

    public @CheckForNull String getHostname() {
        return hostname;
    }
}
