package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.AccessControlled;
import hudson.security.Permission;

/** A job or a folder. */
public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    Permission READ = new Permission(null, "Item.Read", null);

    Permission EXTENDED_READ = new Permission(null, "Item.ExtendedRead", null);

    Permission CONFIGURE = new Permission(null, "Item.Configure", null);

    Permission BUILD = new Permission(null, "Item.Build", null);

    @NonNull
    ItemGroup<? extends Item> getParent();

    String getName();

    String getFullName();

    String getFullDisplayName();

    String getUrl();
}
