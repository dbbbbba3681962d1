package hudson.model;

/** An object's data for programs, below {@code api/}; served by nobody here. */
public class Api implements ModelObject {
    /** What is told of. */
    public final Object bean;

    /** Of an object with {@code @ExportedBean}. */
    public Api(Object bean) {
        this.bean = bean;
    }

    @Override
    public String getDisplayName() {
        return "API";
    }
}
