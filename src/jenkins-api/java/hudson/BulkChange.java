package hudson;

import hudson.model.Saveable;
import java.io.Closeable;
import java.io.IOException;

/** Several changes that are kept at once. */
public class BulkChange implements Closeable {
    private static final ThreadLocal<BulkChange> CURRENT = new ThreadLocal<>();

    private final Saveable saveable;
    private final BulkChange parent;
    private boolean completed;

    /** Of something, in this thread. */
    public BulkChange(Saveable saveable) {
        this.saveable = saveable;
        parent = CURRENT.get();
        CURRENT.set(this);
    }

    /** Keeps them. */
    public void commit() throws IOException {
        if (!completed) {
            abort();
            saveable.save();
        }
    }

    /** Ends without keeping them. */
    @Override
    public void close() {
        abort();
    }

    /** Ends without keeping them. */
    public void abort() {
        if (!completed) {
            completed = true;
            CURRENT.set(parent);
        }
    }

    /** Whether something is being changed by this thread, and is not to be kept yet. */
    public static boolean contains(Saveable s) {
        for (BulkChange change = CURRENT.get(); change != null; change = change.parent) {
            if (change.saveable == s) {
                return true;
            }
        }
        return false;
    }
}
