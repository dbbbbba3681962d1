package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** An addition to a build or job, with its own page. */
public interface Action extends ModelObject {
    @CheckForNull
    String getIconFileName();

    @Override
    @CheckForNull
    String getDisplayName();

    @CheckForNull
    String getUrlName();
}
