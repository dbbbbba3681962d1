package com.cloudbees.plugins.credentials.common;

/** Credentials with an ID, a user name and a password. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
