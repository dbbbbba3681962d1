package io.jenkins.plugins.drbdocfs2.runner.build;

import hudson.model.Job;
import java.io.File;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** The job of a Jenkinsfile. */
public final class LocalJob extends Job<LocalJob, LocalRun> {
    private final transient File rootDir;

    /** @param rootDir the folder of the job */
    public LocalJob(String name, File rootDir) {
        super(Jenkins.get(), name);
        this.rootDir = rootDir;
    }

    @Override
    public File getRootDir() {
        return rootDir;
    }

    @Override
    public boolean isBuildable() {
        return true;
    }

    @Override
    protected SortedMap<Integer, LocalRun> _getRuns() {
        return Collections.unmodifiableSortedMap(new TreeMap<>());
    }

    @Override
    protected void removeRun(LocalRun run) {
        // no builds are kept
    }
}
