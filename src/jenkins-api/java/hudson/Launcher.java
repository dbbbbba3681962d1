package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;

/** Starts processes on a machine; here it only has the channel to the machine. */
public abstract class Launcher {
    protected final @NonNull TaskListener listener;

    protected final @CheckForNull VirtualChannel channel;

    protected Launcher(@NonNull TaskListener listener, @CheckForNull VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    public @CheckForNull VirtualChannel getChannel() {
        return channel;
    }

    public @NonNull TaskListener getListener() {
        return listener;
    }

    public boolean isUnix() {
        return java.io.File.pathSeparatorChar == ':';
    }

    public @CheckForNull Computer getComputer() {
        return null;
    }

    public static class LocalLauncher extends Launcher {
        public LocalLauncher(@NonNull TaskListener listener) {
            this(listener, FilePath.localChannel);
        }

        public LocalLauncher(@NonNull TaskListener listener, @CheckForNull VirtualChannel channel) {
            super(listener, channel);
        }
    }
}
