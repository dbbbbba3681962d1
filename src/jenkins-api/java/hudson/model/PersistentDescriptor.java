package hudson.model;

import jenkins.model.Loadable;

/** A descriptor that Jenkins loads once it has made it. */
public interface PersistentDescriptor extends Loadable, Saveable {
    @Override
    void load();
}
