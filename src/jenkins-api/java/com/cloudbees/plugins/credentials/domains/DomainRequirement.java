package com.cloudbees.plugins.credentials.domains;

import hudson.ExtensionPoint;
import java.io.Serializable;

/** What credentials are to be good for. */
public class DomainRequirement implements Serializable, ExtensionPoint {
    private static final long serialVersionUID = 1L;
}
