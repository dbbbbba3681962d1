package jenkins.model;

import java.io.IOException;

/** An object that is loaded from disk. */
public interface Loadable {
    void load() throws IOException;
}
