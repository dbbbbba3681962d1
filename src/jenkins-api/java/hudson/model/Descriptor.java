package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Loadable;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** The metadata of a describable class: its name and forms. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    public final transient Class<? extends T> clazz;

    private final transient Map<String, String> helpRedirect = new HashMap<>();

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz == self() ? selfClass() : clazz;
    }

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

    @SuppressWarnings({"unchecked", "rawtypes"})
    protected static Class self() {
        return Self.class;
    }

    @NonNull
    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    @SuppressWarnings("unchecked")
    public Class<T> getT() {
        return (Class<T>) clazz;
    }

    public @NonNull GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    /** Uses the help for a field of another class. */
    @SuppressWarnings("rawtypes")
    protected void addHelpFileRedirect(
            String fieldName, Class<? extends Describable> owner, String fieldNameToRedirectTo) {
        helpRedirect.put(fieldName, "/descriptor/" + owner.getName() + "/help/" + fieldNameToRedirectTo);
    }

    /** The URL of the help for a field that is that of another class; null for others: there are no forms here. */
    public String getHelpFile(String fieldName) {
        return helpRedirect.get(fieldName);
    }

    public T newInstance(StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        return req.bindJSON(clazz, formData);
    }

    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    /** Saves nothing here. */
    @Override
    public synchronized void save() {}

    /** Loads nothing here. */
    @Override
    public synchronized void load() {}

    public static final class FormException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        public String getFormField() {
            return formField;
        }
    }

    private static final class Self {}
}
