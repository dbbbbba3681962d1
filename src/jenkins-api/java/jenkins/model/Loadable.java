package jenkins.model;

import java.io.IOException;

/** Something that can be read from disk. */
public interface Loadable {
    /** Reads it. */
    void load() throws IOException;
}
