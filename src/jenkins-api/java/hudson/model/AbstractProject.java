package hudson.model;

/** A freestyle job and its like. */
public abstract class AbstractProject<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>>
        extends Job<P, R> {
    /** A project in a group. */
    protected AbstractProject(ItemGroup<?> parent, String name) {
        super(parent, name);
    }
}
