package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;

/** A build. */
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint, Comparable<RunT>, AccessControlled, PersistenceRoot {
    /** What it is a build of. */
    protected final transient @NonNull JobT project;

    /** Its result so far, or null. */
    protected volatile Result result;

    /** Its description, or null. */
    protected String description;

    private final int number;
    private final long timestamp = System.currentTimeMillis();
    private String displayName;

    /** The next build of a job. */
    protected Run(@NonNull JobT job) throws IOException {
        project = job;
        number = job.assignBuildNumber();
    }

    /** What it is a build of. */
    public @NonNull JobT getParent() {
        return project;
    }

    /** Its number. */
    public int getNumber() {
        return number;
    }

    /** Its number as text. */
    public @NonNull String getId() {
        return Integer.toString(number);
    }

    /** What finds it again. */
    public @NonNull String getExternalizableId() {
        return project.getFullName() + "#" + number;
    }

    @Override
    public @NonNull String getDisplayName() {
        return displayName == null ? "#" + number : displayName;
    }

    /** Names it. */
    public void setDisplayName(String value) throws IOException {
        displayName = value;
    }

    /** The job's name and its own. */
    public @NonNull String getFullDisplayName() {
        return project.getFullDisplayName() + " " + getDisplayName();
    }

    /** Its description, or null. */
    public @CheckForNull String getDescription() {
        return description;
    }

    /** Describes it. */
    public void setDescription(String description) throws IOException {
        this.description = description;
    }

    /** Its path below Jenkins' own. */
    public @NonNull String getUrl() {
        return project.getUrl() + number + "/";
    }

    /** Its result so far, or null. */
    public @CheckForNull Result getResult() {
        return result;
    }

    /** Makes its result worse; a better one is not taken. */
    public void setResult(@NonNull Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
        }
    }

    /** Whether it still runs. */
    public boolean isBuilding() {
        return false;
    }

    /** When it began. */
    public final long getStartTimeInMillis() {
        return timestamp;
    }

    /** When it was asked for. */
    public final long getTimeInMillis() {
        return timestamp;
    }

    /** Its variables. */
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
        return new File(project.getRootDir(), "builds/" + number);
    }

    /** Keeps nothing here. */
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
