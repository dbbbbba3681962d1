package hudson.model;

import hudson.ExtensionPoint;

/** A message for administrators while something is wrong. Nobody shows it here. */
public abstract class AdministrativeMonitor implements ExtensionPoint, ModelObject {
    protected AdministrativeMonitor() {}

    @Override
    public String getDisplayName() {
        return getClass().getName();
    }

    public abstract boolean isActivated();
}
