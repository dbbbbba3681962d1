package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Something attached to a build or job, with a page of its own. */
public interface Action extends ModelObject {
    /** Its icon in the side panel; null hides it. */
    @CheckForNull
    String getIconFileName();

    @Override
    @CheckForNull
    String getDisplayName();

    /** Its page's name in the URL. */
    @CheckForNull
    String getUrlName();
}
