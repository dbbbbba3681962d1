package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;

/** Starts processes on a machine; here only the way to that machine. */
public abstract class Launcher {
    /** Where output goes. */
    protected final @NonNull TaskListener listener;

    /** The way to the machine. */
    protected final @CheckForNull VirtualChannel channel;

    /** For a machine. */
    protected Launcher(@NonNull TaskListener listener, @CheckForNull VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    /** The way to the machine. */
    public @CheckForNull VirtualChannel getChannel() {
        return channel;
    }

    /** Where output goes. */
    public @NonNull TaskListener getListener() {
        return listener;
    }

    /** Whether the machine is a Unix. */
    public boolean isUnix() {
        return java.io.File.pathSeparatorChar == ':';
    }

    /** The machine, where known. */
    public @CheckForNull Computer getComputer() {
        return null;
    }

    /** For the machine that this runs on. */
    public static class LocalLauncher extends Launcher {
        /** With the local channel. */
        public LocalLauncher(@NonNull TaskListener listener) {
            this(listener, FilePath.localChannel);
        }

        /** With a channel. */
        public LocalLauncher(@NonNull TaskListener listener, @CheckForNull VirtualChannel channel) {
            super(listener, channel);
        }
    }
}
