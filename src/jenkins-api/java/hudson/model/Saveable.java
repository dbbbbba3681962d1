package hudson.model;

import java.io.IOException;

/** An object that is saved to disk. */
public interface Saveable {
    Saveable NOOP = () -> {};

    void save() throws IOException;
}
