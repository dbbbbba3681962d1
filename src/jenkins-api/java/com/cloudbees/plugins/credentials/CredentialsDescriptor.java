package com.cloudbees.plugins.credentials;

import hudson.model.Descriptor;

/** What is common to all credentials of a kind. */
public abstract class CredentialsDescriptor extends Descriptor<Credentials> {
    /** For a class. */
    protected CredentialsDescriptor(Class<? extends Credentials> clazz) {
        super(clazz);
    }

    /** For the class that it is nested in. */
    protected CredentialsDescriptor() {}
}
