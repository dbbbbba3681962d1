package com.cloudbees.plugins.credentials;

/** Who may use credentials. */
public enum CredentialsScope {
    /** Jenkins itself. */
    SYSTEM,
    /** Jobs too. */
    GLOBAL,
    /** Their owner. */
    USER
}
