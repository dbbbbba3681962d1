package hudson.model;

/** The data of an object for programs, below {@code api/}; not served here. */
public class Api implements ModelObject {
    public final Object bean;

    public Api(Object bean) {
        this.bean = bean;
    }

    @Override
    public String getDisplayName() {
        return "API";
    }
}
