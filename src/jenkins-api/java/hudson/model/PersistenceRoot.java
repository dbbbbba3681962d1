package hudson.model;

import java.io.File;

/** Something with a folder of its own. */
public interface PersistenceRoot extends Saveable {
    /** The folder. */
    File getRootDir();
}
