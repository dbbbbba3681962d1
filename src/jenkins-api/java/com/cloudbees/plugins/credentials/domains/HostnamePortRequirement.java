package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Credentials for a port of a host. */
public class HostnamePortRequirement extends HostnameRequirement {
    private static final long serialVersionUID = 1L;
    private final int port;

    public HostnamePortRequirement(@CheckForNull String hostname, int port) {
        super(hostname);
        this.port = port;
    }

    public int getPort() {
        return port;
    }
}
