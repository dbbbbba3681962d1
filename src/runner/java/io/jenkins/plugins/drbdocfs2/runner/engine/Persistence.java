package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Finds objects that a restart of Jenkins would lose. Nothing is stored here. */
final class Persistence {
    private Persistence() {}

    /**
     * Throws if an object could not be stored.
     *
     * @param what the name of the object, for the message
     */
    static void check(String what, @CheckForNull Object object) throws IOException {
        try (ObjectOutputStream out = new Strict()) {
            out.writeObject(object);
        } catch (NotSerializableException e) {
            throw new IOException(
                    what + " could not be kept over a restart of Jenkins: not serialisable: " + e.getMessage(), e);
        }
    }

    private static final class Strict extends ObjectOutputStream {
        Strict() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) throws IOException {
            if (object instanceof FilePath || object instanceof Computer) {
                return null; // Jenkins stores only references to them
            }
            if (object instanceof SerializableOnlyOverRemoting) {
                throw new NotSerializableException(object.getClass().getName());
            }
            return object;
        }
    }
}
