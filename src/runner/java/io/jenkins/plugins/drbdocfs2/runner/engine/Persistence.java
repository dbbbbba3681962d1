package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Finds what could not be kept over a restart of Jenkins. Nothing is kept here. */
final class Persistence {
    private Persistence() {}

    /**
     * Throws where an object could not be kept.
     *
     * @param what what it is, for the message
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
                return null; // Jenkins keeps what finds them again
            }
            if (object instanceof SerializableOnlyOverRemoting) {
                throw new NotSerializableException(object.getClass().getName());
            }
            return object;
        }
    }
}
