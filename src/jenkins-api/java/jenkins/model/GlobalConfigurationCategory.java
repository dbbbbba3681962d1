package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.ModelObject;

/** A page of global settings. */
public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
    /** What it is about. */
    public abstract String getShortDescription();

    /** The one of a class. */
    public static @NonNull <T extends GlobalConfigurationCategory> T get(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Category not found: " + type, e);
        }
    }

    /** "Security". */
    public static class Security extends GlobalConfigurationCategory {
        @Override
        public String getShortDescription() {
            return "Secure Jenkins";
        }

        @Override
        public String getDisplayName() {
            return "Security";
        }
    }

    /** "System". */
    public static class Unclassified extends GlobalConfigurationCategory {
        @Override
        public String getShortDescription() {
            return "Configure global settings and paths.";
        }

        @Override
        public String getDisplayName() {
            return "System";
        }
    }
}
