package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.remoting.VirtualChannel;

/** A machine that runs builds. */
public abstract class Computer extends Actionable {
    public abstract @CheckForNull VirtualChannel getChannel();

    public @NonNull String getName() {
        return "";
    }
}
