package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.SortedMap;

/** What can be built. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint {
    /** The number of the next build. */
    protected transient volatile int nextBuildNumber = 1;

    /** A job in a group. */
    protected Job(ItemGroup<?> parent, String name) {
        super(parent, name);
    }

    /** Whether it can be built now. */
    public abstract boolean isBuildable();

    /** Its builds, newest first. */
    protected abstract SortedMap<Integer, ? extends RunT> _getRuns();

    /** Forgets a build. */
    protected abstract void removeRun(RunT run);

    /** Takes the next number. */
    public synchronized int assignBuildNumber() throws IOException {
        return nextBuildNumber++;
    }

    /** The number of the next build. */
    public int getNextBuildNumber() {
        return nextBuildNumber;
    }

    /** The newest build, or null. */
    public RunT getLastBuild() {
        SortedMap<Integer, ? extends RunT> runs = _getRuns();
        return runs.isEmpty() ? null : runs.get(runs.firstKey());
    }

    /** The build of a number, or null. */
    public RunT getBuildByNumber(int n) {
        return _getRuns().get(n);
    }

    /** What kind of thing it is. */
    public @NonNull String getPronoun() {
        return "Project";
    }
}
