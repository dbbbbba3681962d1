package hudson.model;

import jenkins.model.Jenkins;

/** A describable that finds its descriptor by its class. */
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {
    @Override
    @SuppressWarnings("unchecked")
    public Descriptor<T> getDescriptor() {
        return (Descriptor<T>) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
