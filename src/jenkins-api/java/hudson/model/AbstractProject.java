package hudson.model;

/** A freestyle job, or a job of a similar type. */
public abstract class AbstractProject<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>>
        extends Job<P, R> {
    protected AbstractProject(ItemGroup<?> parent, String name) {
        super(parent, name);
    }
}
