package com.cloudbees.jenkins.plugins.sshcredentials;

import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;

/** Who logs in over SSH. */
public interface SSHUser extends StandardUsernameCredentials {}
