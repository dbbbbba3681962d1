package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Receives the events of builds. */
public abstract class RunListener<R extends Run<?, ?>> implements ExtensionPoint {
    protected RunListener() {}

    /** A build has ended, and will not change any more. */
    public void onFinalized(R r) {}
}
