package hudson.model;

/** An object with a form and a descriptor. */
public interface Describable<T extends Describable<T>> {
    Descriptor<T> getDescriptor();
}
