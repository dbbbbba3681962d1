package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.util.Collection;
import java.util.List;
import org.springframework.security.core.Authentication;

/** The controller: here an empty one in which everybody may do everything. */
public class Jenkins implements AccessControlled, ItemGroup<TopLevelItem> {
    /** To do everything. */
    public static final Permission ADMINISTER = new Permission(null, "Overall.Administer", null);

    /** To see anything. */
    public static final Permission READ = new Permission(null, "Overall.Read", null);

    /** To change what is not about security. */
    public static final Permission MANAGE = new Permission(null, "Overall.Manage", null);

    /** To see the configuration. */
    public static final Permission SYSTEM_READ = new Permission(null, "Overall.SystemRead", null);

    private static final Jenkins INSTANCE = new Jenkins();

    private final ACL acl = ACL.lambda2((authentication, permission) -> true);

    Jenkins() {}

    /** The controller. */
    public static @NonNull Jenkins get() {
        return INSTANCE;
    }

    /** The controller, or null on an agent. */
    public static @CheckForNull Jenkins getInstanceOrNull() {
        return INSTANCE;
    }

    /** Who is acting. */
    public static @NonNull Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }

    /** The descriptor of a class, or null. */
    @SuppressWarnings("rawtypes")
    public @CheckForNull Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    /** The descriptor of a class. */
    @SuppressWarnings("rawtypes")
    public @NonNull Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor found = getDescriptor(type);
        if (found == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return found;
    }

    /** The descriptor that is of a class. */
    @SuppressWarnings("rawtypes")
    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        return ExtensionList.lookup(Descriptor.class).get(type);
    }

    /** The descriptors of all that implement a type. */
    public @NonNull <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type) {
        return new Descriptors<>(type);
    }

    /** The components of a type. */
    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return ExtensionList.lookup(extensionType);
    }

    @Override
    public @NonNull ACL getACL() {
        return acl;
    }

    /** The address of its pages; not known here. */
    public @CheckForNull String getRootUrl() {
        return null;
    }

    @Override
    public File getRootDir() {
        return new File(System.getProperty("user.home"), ".jenkins");
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getFullDisplayName() {
        return "";
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getUrl() {
        return "";
    }

    @Override
    public Collection<TopLevelItem> getItems() {
        return List.of();
    }

    @Override
    public TopLevelItem getItem(String name) {
        return null;
    }

    /** Keeps nothing here. */
    @Override
    public synchronized void save() {}

    private static final class Descriptors<T extends Describable<T>, D extends Descriptor<T>>
            extends DescriptorExtensionList<T, D> {
        Descriptors(Class<T> type) {
            super(type);
        }
    }

    /** The controller as a machine that builds run on. */
    public static class MasterComputer extends Computer {
        /** The one. */
        protected MasterComputer() {}

        @Override
        public VirtualChannel getChannel() {
            return FilePath.localChannel;
        }

        @Override
        public @NonNull String getDisplayName() {
            return "Built-In Node";
        }
    }
}
