package hudson.model;

/** Something that a form makes and a descriptor describes. */
public interface Describable<T extends Describable<T>> {
    /** Its descriptor. */
    Descriptor<T> getDescriptor();
}
