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

/** The controller; here an empty one in which everybody has all permissions. */
public class Jenkins implements AccessControlled, ItemGroup<TopLevelItem> {
    public static final Permission ADMINISTER = new Permission(null, "Overall.Administer", null);

    public static final Permission READ = new Permission(null, "Overall.Read", null);

    public static final Permission MANAGE = new Permission(null, "Overall.Manage", null);

    public static final Permission SYSTEM_READ = new Permission(null, "Overall.SystemRead", null);

    private static final Jenkins INSTANCE = new Jenkins();

    private final ACL acl = ACL.lambda2((authentication, permission) -> true);

    Jenkins() {}

    public static @NonNull Jenkins get() {
        return INSTANCE;
    }

    public static @CheckForNull Jenkins getInstanceOrNull() {
        return INSTANCE;
    }

    public static @NonNull Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }

    @SuppressWarnings("rawtypes")
    public @CheckForNull Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    @SuppressWarnings("rawtypes")
    public @NonNull Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor found = getDescriptor(type);
        if (found == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return found;
    }

    @SuppressWarnings("rawtypes")
    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        return ExtensionList.lookup(Descriptor.class).get(type);
    }

    public @NonNull <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type) {
        return new Descriptors<>(type);
    }

    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return ExtensionList.lookup(extensionType);
    }

    @Override
    public @NonNull ACL getACL() {
        return acl;
    }

    /** The URL of its pages; unknown here. */
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

    /** Saves nothing here. */
    @Override
    public synchronized void save() {}

    private static final class Descriptors<T extends Describable<T>, D extends Descriptor<T>>
            extends DescriptorExtensionList<T, D> {
        Descriptors(Class<T> type) {
            super(type);
        }
    }

    public static class MasterComputer extends Computer {
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
