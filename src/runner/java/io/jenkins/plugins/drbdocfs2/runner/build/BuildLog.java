package io.jenkins.plugins.drbdocfs2.runner.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.BuildListener;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** The log of a build. Several threads write to it at the same time without mixing lines. */
public final class BuildLog implements AutoCloseable {
    private static final Map<Long, Listener> LISTENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_ID = new AtomicLong();

    private final PrintStream out;

    /** A log that writes to a stream. */
    public BuildLog(PrintStream out) {
        this.out = out;
    }

    /** Writes a line. */
    public void line(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    /** A listener whose lines get the prefix. */
    public BuildListener listener(String prefix) {
        Listener listener = new Listener(this, prefix);
        LISTENERS.put(listener.id, listener);
        return listener;
    }

    /** Writes incomplete lines. The log is still usable. */
    @Override
    public void close() {
        LISTENERS.values().removeIf(listener -> {
            boolean mine = listener.log == this;
            if (mine) {
                listener.logger.close();
            }
            return mine;
        });
    }

    private static final class Listener implements BuildListener {
        private static final long serialVersionUID = 1L;

        private final long id = NEXT_ID.incrementAndGet();
        private final transient BuildLog log;
        private final transient PrintStream logger;

        Listener(BuildLog log, String prefix) {
            this.log = log;
            this.logger = new PrintStream(new Lines(log, prefix), false, StandardCharsets.UTF_8);
        }

        @Override
        public @NonNull PrintStream getLogger() {
            return logger;
        }

        /** Like through a channel: data from the other side goes to the same log. */
        private Object writeReplace() {
            return new Sent(id);
        }
    }

    private record Sent(long id) implements SerializableOnlyOverRemoting {
        private Object readResolve() {
            return LISTENERS.get(id);
        }
    }

    private static final class Lines extends OutputStream {
        private final java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        private final BuildLog log;
        private final String prefix;

        Lines(BuildLog log, String prefix) {
            this.log = log;
            this.prefix = prefix;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                end();
            } else {
                line.write(b);
            }
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                end();
            }
        }

        private void end() {
            log.line(prefix + line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }
}
