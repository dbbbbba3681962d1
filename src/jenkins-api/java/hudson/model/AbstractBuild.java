package hudson.model;

import java.io.IOException;

/** A build of a freestyle job and its like. */
public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R> {
    /** The next build of a project. */
    protected AbstractBuild(P job) throws IOException {
        super(job);
    }
}
