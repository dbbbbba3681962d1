package com.cloudbees.plugins.credentials.common;

/** Credentials with a user name and a password. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}
