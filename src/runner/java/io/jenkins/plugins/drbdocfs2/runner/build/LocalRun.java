package io.jenkins.plugins.drbdocfs2.runner.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** The build of a Jenkinsfile. */
public final class LocalRun extends Run<LocalJob, LocalRun> {
    private final transient Map<String, String> variables = new LinkedHashMap<>();
    private final transient BuildParameters parameters;
    private transient volatile boolean building = true;

    /** A build with these parameters. */
    public LocalRun(LocalJob job, BuildParameters parameters) throws IOException {
        super(job);
        this.parameters = parameters;
        Files.createDirectories(getRootDir().toPath());
    }

    /** Sets an environment variable of the whole build. */
    public void setVariable(String name, String value) {
        synchronized (variables) {
            variables.put(name, value);
        }
    }

    /** The parameters of the build. */
    public BuildParameters parameters() {
        return parameters;
    }

    @Override
    public @NonNull EnvVars getEnvironment(@NonNull TaskListener listener) throws IOException, InterruptedException {
        EnvVars environment = super.getEnvironment(listener);
        parameters.values().forEach((name, value) -> environment.put(name, String.valueOf(value)));
        synchronized (variables) {
            environment.overrideAll(variables);
        }
        return environment;
    }

    @Override
    public boolean isBuilding() {
        return building;
    }

    /** Ends the build and returns its result. */
    public Result finish() {
        building = false;
        setResult(Result.SUCCESS);
        return getResult();
    }
}
