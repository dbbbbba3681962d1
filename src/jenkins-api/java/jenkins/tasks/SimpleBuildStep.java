package jenkins.tasks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStep;
import java.io.IOException;

/** A build step that any kind of build can run. */
public interface SimpleBuildStep extends BuildStep {
    /** Runs in a workspace. */
    default void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        throw new AbstractMethodError("no perform with a workspace in " + getClass());
    }

    /** Runs without a workspace. */
    default void perform(@NonNull Run<?, ?> run, @NonNull EnvVars env, @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        throw new AbstractMethodError("no perform without a workspace in " + getClass());
    }

    /** Whether it needs a workspace. */
    default boolean requiresWorkspace() {
        return true;
    }
}
