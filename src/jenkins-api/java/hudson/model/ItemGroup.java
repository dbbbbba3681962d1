package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;

/** What items are in. */
public interface ItemGroup<T extends Item> extends PersistenceRoot, ModelObject {
    /** Its name with those of the groups it is in. */
    String getFullName();

    /** The same for people. */
    String getFullDisplayName();

    /** What is in it. */
    Collection<T> getItems();

    /** Its path below Jenkins' own. */
    String getUrl();

    /** One that is in it, or null. */
    @CheckForNull
    T getItem(String name);
}
