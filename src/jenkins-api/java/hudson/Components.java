package hudson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/** The components of this process, each created once. Not a type of Jenkins. */
final class Components {
    private static final List<Object> ALL = new CopyOnWriteArrayList<>(load());

    private Components() {}

    static <T> List<T> of(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Object component : ALL) {
            if (type.isInstance(component)) {
                found.add(type.cast(component));
            }
        }
        return found;
    }

    static boolean add(Object component) {
        return ALL.add(component);
    }

    static boolean remove(Object component) {
        return ALL.remove(component);
    }

    private static List<Object> load() {
        List<IndexItem<Extension, Object>> items = new ArrayList<>();
        Index.load(Extension.class, Object.class, Components.class.getClassLoader())
                .forEach(items::add);
        items.sort(Comparator.comparingDouble(
                (IndexItem<Extension, Object> item) -> -item.annotation().ordinal()));
        List<Object> components = new ArrayList<>();
        for (IndexItem<Extension, Object> item : items) {
            try {
                components.add(item.instance());
            } catch (InstantiationException e) {
                throw new IllegalStateException("Cannot make the extension " + item.className(), e);
            }
        }
        return components;
    }
}
