package com.cloudbees.plugins.credentials.common;

import edu.umd.cs.findbugs.annotations.NonNull;

/** The list of all credentials in a form. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    private static final long serialVersionUID = 1L;

    @Override
    protected @NonNull String describe(@NonNull StandardCredentials c) {
        return c.getDescription().isEmpty() ? c.getId() : c.getDescription();
    }
}
