package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.AccessControlled;
import hudson.security.Permission;

/** Something in Jenkins that can be configured: a job, a folder. */
public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    /** To see it. */
    Permission READ = new Permission(null, "Item.Read", null);

    /** To see its configuration. */
    Permission EXTENDED_READ = new Permission(null, "Item.ExtendedRead", null);

    /** To change it. */
    Permission CONFIGURE = new Permission(null, "Item.Configure", null);

    /** To start it. */
    Permission BUILD = new Permission(null, "Item.Build", null);

    /** The group it is in. */
    @NonNull
    ItemGroup<? extends Item> getParent();

    /** Its name in its group. */
    String getName();

    /** Its name with those of the groups it is in. */
    String getFullName();

    /** The same for people. */
    String getFullDisplayName();

    /** Its path below Jenkins' own. */
    String getUrl();
}
