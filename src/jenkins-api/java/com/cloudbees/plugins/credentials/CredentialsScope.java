package com.cloudbees.plugins.credentials;

/** The scope of credentials. */
public enum CredentialsScope {
    SYSTEM,
    GLOBAL,
    USER
}
