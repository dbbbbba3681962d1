package com.cloudbees.plugins.credentials.common;

import edu.umd.cs.findbugs.annotations.NonNull;

/** The list of credentials with a user name in a form. */
public class StandardUsernameListBoxModel
        extends AbstractIdCredentialsListBoxModel<StandardUsernameListBoxModel, StandardUsernameCredentials> {
    private static final long serialVersionUID = 1L;

    @Override
    protected @NonNull String describe(@NonNull StandardUsernameCredentials c) {
        return c.getDescription().isEmpty() ? c.getUsername() : c.getUsername() + " (" + c.getDescription() + ")";
    }
}
