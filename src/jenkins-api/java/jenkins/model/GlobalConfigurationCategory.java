package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.ModelObject;

/** A page of the global configuration. */
public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
    public abstract String getShortDescription();

    public static @NonNull <T extends GlobalConfigurationCategory> T get(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Category not found: " + type, e);
        }
    }

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
