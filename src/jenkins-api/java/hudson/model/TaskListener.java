package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** The log of a build. */
public interface TaskListener extends SerializableOnlyOverRemoting {
    TaskListener NULL = new NullListener();

    @NonNull
    PrintStream getLogger();

    default @NonNull Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    default @NonNull PrintWriter error(String msg) {
        return say("ERROR: ", msg);
    }

    default @NonNull PrintWriter error(String format, Object... args) {
        return error(String.format(format, args));
    }

    default @NonNull PrintWriter fatalError(String msg) {
        return say("FATAL: ", msg);
    }

    default @NonNull PrintWriter fatalError(String format, Object... args) {
        return fatalError(String.format(format, args));
    }

    private PrintWriter say(String prefix, String msg) {
        PrintWriter writer = new PrintWriter(getLogger(), true, getCharset());
        writer.println(prefix + msg);
        return writer;
    }

    /** A log that discards everything. Not a type of Jenkins. */
    final class NullListener implements TaskListener {
        private static final long serialVersionUID = 1L;

        private NullListener() {}

        @Override
        public @NonNull PrintStream getLogger() {
            return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }
    }
}
