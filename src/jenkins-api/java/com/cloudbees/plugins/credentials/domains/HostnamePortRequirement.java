package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A port of a host. */
public class HostnamePortRequirement extends HostnameRequirement {
    private static final long serialVersionUID = 1L;
    private final int port;

    /** By name and number. */
    public HostnamePortRequirement(@CheckForNull String hostname, int port) {
        super(hostname);
        this.port = port;
    }

    /** The number. */
    public int getPort() {
        return port;
    }
}
