package hudson.model;

import jenkins.model.Loadable;

/** A descriptor that Jenkins loads after creating it. */
public interface PersistentDescriptor extends Loadable, Saveable {
    @Override
    void load();
}
