package hudson;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;

/** All components of a type: those with {@link Extension}, and those added at run time. */
public class ExtensionList<T> extends AbstractList<T> {
    public final Class<T> extensionType;

    ExtensionList(Class<T> extensionType) {
        this.extensionType = extensionType;
    }

    public static @NonNull <T> ExtensionList<T> lookup(Class<T> type) {
        return new ExtensionList<>(type);
    }

    public static @NonNull <U> U lookupSingleton(Class<U> type) {
        List<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    public static @NonNull <U> U lookupFirst(Class<U> type) {
        List<U> all = lookup(type);
        if (all.isEmpty()) {
            throw new IllegalStateException("Found no instances of " + type.getName());
        }
        return all.get(0);
    }

    public <U extends T> U get(@NonNull Class<U> type) {
        for (T component : this) {
            if (component.getClass() == type) {
                return type.cast(component);
            }
        }
        return null;
    }

    @Override
    public @NonNull Iterator<T> iterator() {
        return Components.of(extensionType).iterator();
    }

    @Override
    public T get(int index) {
        return Components.of(extensionType).get(index);
    }

    @Override
    public int size() {
        return Components.of(extensionType).size();
    }

    /** Adds a component. Unlike in Jenkins it is then in the lists of all its types. */
    @Override
    public boolean add(T component) {
        return Components.add(component);
    }

    @Override
    public boolean remove(Object component) {
        return Components.remove(component);
    }
}
