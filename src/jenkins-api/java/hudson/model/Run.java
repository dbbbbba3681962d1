package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import java.util.SortedMap;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;

/** A build. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint, Comparable<RunT>, AccessControlled, PersistenceRoot {
    protected final transient @NonNull JobT project;

    protected volatile Result result;

    protected String description;

    private final int number;
    private final long timestamp = System.currentTimeMillis();
    private String displayName;

    protected Run(@NonNull JobT job) throws IOException {
        project = job;
        number = job.assignBuildNumber();
    }

    public @NonNull JobT getParent() {
        return project;
    }

    public int getNumber() {
        return number;
    }

    public @NonNull String getId() {
        return Integer.toString(number);
    }

    public @NonNull String getExternalizableId() {
        return project.getFullName() + "#" + number;
    }

    @Override
    public @NonNull String getDisplayName() {
        return displayName == null ? "#" + number : displayName;
    }

    public void setDisplayName(String value) throws IOException {
        displayName = value;
    }

    public @NonNull String getFullDisplayName() {
        return project.getFullDisplayName() + " " + getDisplayName();
    }

    public @CheckForNull RunT getPreviousBuild() {
        SortedMap<Integer, ? extends RunT> older = project._getRuns().tailMap(number - 1);
        return older.isEmpty() ? null : older.get(older.firstKey());
    }

    public @CheckForNull String getDescription() {
        return description;
    }

    public void setDescription(String description) throws IOException {
        this.description = description;
    }

    public @NonNull String getUrl() {
        return project.getUrl() + number + "/";
    }

    public @CheckForNull Result getResult() {
        return result;
    }

    public void setResult(@NonNull Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
        }
    }

    public boolean isBuilding() {
        return false;
    }

    public final long getStartTimeInMillis() {
        return timestamp;
    }

    public final long getTimeInMillis() {
        return timestamp;
    }

    public @NonNull EnvVars getEnvironment(@NonNull TaskListener listener) throws IOException, InterruptedException {
        return new EnvVars(
                "BUILD_NUMBER", getId(),
                "BUILD_ID", getId(),
                "BUILD_DISPLAY_NAME", getDisplayName(),
                "BUILD_TAG", "jenkins-" + project.getName() + "-" + number,
                "JOB_NAME", project.getFullName(),
                "JOB_BASE_NAME", project.getName());
    }

    @Override
    public void addAction(@NonNull Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 attached) {
            attached.onAttached(this);
        }
    }

    @Override
    public @NonNull File getRootDir() {
        return new File(project.getBuildDir(), Integer.toString(number));
    }

    /** Saves nothing here. */
    @Override
    public synchronized void save() throws IOException {}

    @Override
    public @NonNull ACL getACL() {
        return Jenkins.get().getACL();
    }

    @Override
    public int compareTo(@NonNull RunT that) {
        return Integer.compare(number, that.getNumber());
    }

    @Override
    public String toString() {
        return project.getFullName() + " #" + number;
    }
}
