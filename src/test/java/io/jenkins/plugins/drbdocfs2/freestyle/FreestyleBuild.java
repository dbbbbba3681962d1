package io.jenkins.plugins.drbdocfs2.freestyle;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.grack.nanojson.JsonWriter;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.drbdocfs2.runner.build.BuildLog;
import io.jenkins.plugins.drbdocfs2.runner.credentials.CredentialsFile;
import io.jenkins.plugins.drbdocfs2.runner.credentials.FileCredentials;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/** A build of a freestyle job that has one build step. */
final class FreestyleBuild extends AbstractBuild<FreestyleBuild.FreeProject, FreestyleBuild> {
    private final transient ByteArrayOutputStream log = new ByteArrayOutputStream();
    private transient EnvVars environment;

    /** @param directory the directory of the job */
    FreestyleBuild(Path directory) throws IOException {
        super(new FreeProject(directory.toFile()));
        Files.createDirectories(getRootDir().toPath());
    }

    /** Provides the credentials {@code cluster-root} of a test node during a call. */
    static AutoCloseable credentials(Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("credentials.json"),
                JsonWriter.string(Map.of(
                        "credentials",
                        List.of(Map.of(
                                "id", "cluster-root", "username", SshNode.USER, "password", SshNode.PASSWORD)))));
        FileCredentials credentials = new FileCredentials(CredentialsFile.read(file));
        ExtensionList<CredentialsProvider> providers = ExtensionList.lookup(CredentialsProvider.class);
        providers.add(credentials);
        return () -> providers.remove(credentials);
    }

    /** Runs the build step on an agent. */
    void perform(ClusterBuilder builder, VirtualChannel agent, EnvVars variables)
            throws IOException, InterruptedException {
        environment = variables;
        try (BuildLog lines = new BuildLog(new PrintStream(log, true, StandardCharsets.UTF_8))) {
            BuildListener listener = lines.listener("");
            builder.perform(this, new Launcher.LocalLauncher(listener, agent), listener);
        }
    }

    @Override
    public EnvVars getEnvironment(TaskListener listener) {
        return environment;
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** A freestyle job. */
    static final class FreeProject extends AbstractProject<FreeProject, FreestyleBuild> {
        private final transient File directory;

        FreeProject(File directory) {
            super(Jenkins.get(), "free");
            this.directory = directory;
        }

        @Override
        public File getRootDir() {
            return directory;
        }

        @Override
        public boolean isBuildable() {
            return true;
        }

        @Override
        protected SortedMap<Integer, FreestyleBuild> _getRuns() {
            return new TreeMap<>();
        }

        @Override
        protected void removeRun(FreestyleBuild run) {
            // not stored
        }
    }
}
