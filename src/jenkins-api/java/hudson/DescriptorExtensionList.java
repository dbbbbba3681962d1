package hudson;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The descriptors of all implementations of a type. */
public class DescriptorExtensionList<T extends Describable<T>, D extends Descriptor<T>> extends AbstractList<D> {
    private final Class<T> describableType;

    protected DescriptorExtensionList(Class<T> describableType) {
        this.describableType = describableType;
    }

    @SuppressWarnings("unchecked")
    private List<D> descriptors() {
        List<D> found = new ArrayList<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (describableType.isAssignableFrom(descriptor.clazz)) {
                found.add((D) descriptor);
            }
        }
        return found;
    }

    @Override
    public D get(int index) {
        return descriptors().get(index);
    }

    @Override
    public int size() {
        return descriptors().size();
    }
}
