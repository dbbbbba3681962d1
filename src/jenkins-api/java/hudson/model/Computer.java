package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;

/** A machine that builds run on. */
public abstract class Computer extends Actionable {
    /** The way to it, or null while it is offline. */
    public abstract @CheckForNull VirtualChannel getChannel();

    /** Its name; nothing for the controller. */
    public @NonNull String getName() {
        return "";
    }
}
