package hudson.remoting;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** A stream that can be sent to another process and writes to this one; here both are the same process. */
public final class RemoteOutputStream extends OutputStream implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;
    private static final Map<Long, OutputStream> SENT = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_ID = new AtomicLong();

    private transient OutputStream core;

    public RemoteOutputStream(OutputStream core) {
        this.core = core;
    }

    private void writeObject(ObjectOutputStream oos) throws IOException {
        long id = NEXT_ID.incrementAndGet();
        SENT.put(id, core);
        oos.writeLong(id);
    }

    private void readObject(ObjectInputStream ois) throws IOException {
        core = SENT.remove(ois.readLong());
    }

    @Override
    public void write(int b) throws IOException {
        core.write(b);
    }

    @Override
    public void write(@NonNull byte[] b) throws IOException {
        core.write(b);
    }

    @Override
    public void write(@NonNull byte[] b, int off, int len) throws IOException {
        core.write(b, off, len);
    }

    @Override
    public void flush() throws IOException {
        core.flush();
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
