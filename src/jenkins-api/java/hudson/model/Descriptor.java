package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Loadable;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** What is common to all of a describable class: its name, its forms. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    /** The class that it describes. */
    public final transient Class<? extends T> clazz;

    /** For a class. */
    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz == self() ? selfClass() : clazz;
    }

    /** For the class that it is nested in. */
    @SuppressWarnings("unchecked")
    protected Descriptor() {
        Class<?> outer = getClass().getEnclosingClass();
        if (outer == null) {
            throw new AssertionError(getClass() + " is not a nested class");
        }
        clazz = (Class<T>) outer;
    }

    @SuppressWarnings("unchecked")
    private Class<? extends T> selfClass() {
        return (Class<? extends T>) getClass();
    }

    /** Stands for a descriptor that describes itself. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected static Class self() {
        return Self.class;
    }

    /** The name for people. */
    @NonNull
    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    /** What tells it from others. */
    public String getId() {
        return clazz.getName();
    }

    /** What it describes. */
    @SuppressWarnings("unchecked")
    public Class<T> getT() {
        return (Class<T>) clazz;
    }

    /** Where its global settings are shown. */
    public @NonNull GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    /** Shows for a field of its form the help of another class' field; there are no forms here. */
    @SuppressWarnings("rawtypes")
    protected void addHelpFileRedirect(
            String fieldName, Class<? extends Describable> owner, String fieldNameToRedirectTo) {}

    /** Makes an object from its form. */
    public T newInstance(StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        return req.bindJSON(clazz, formData);
    }

    /** Takes over what its form of global settings says. */
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    /** Keeps nothing here. */
    @Override
    public synchronized void save() {}

    /** Has kept nothing. */
    @Override
    public synchronized void load() {}

    /** A form that cannot be taken as it is. */
    public static final class FormException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String formField;

        /** With the field that it is about. */
        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        /** With the field that it is about. */
        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        /** The field that it is about. */
        public String getFormField() {
            return formField;
        }
    }

    private static final class Self {}
}
