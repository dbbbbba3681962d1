package com.cloudbees.plugins.credentials.domains;

import hudson.ExtensionPoint;
import java.io.Serializable;

/** The purpose of credentials. */
public class DomainRequirement implements Serializable, ExtensionPoint {
    private static final long serialVersionUID = 1L;
}
