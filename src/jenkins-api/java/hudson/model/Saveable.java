package hudson.model;

import java.io.IOException;

/** Something that is kept on disk. */
public interface Saveable {
    /** Nowhere. */
    Saveable NOOP = () -> {};

    /** Writes it. */
    void save() throws IOException;
}
