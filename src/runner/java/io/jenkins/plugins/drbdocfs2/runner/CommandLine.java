package io.jenkins.plugins.drbdocfs2.runner;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of the runner.
 *
 * @param jenkinsfile the Jenkinsfile to run
 * @param credentials the credentials file, or null
 * @param clusters the file of clusters that the Jenkinsfile uses by name, or null
 * @param knownHosts the file of known host keys, or null for the user's own
 * @param parameters the parameters of the build
 * @param dryRun whether all steps are dry runs
 * @param result the file for the results of the steps, or null
 * @param report the file for the report, or null
 */
public record CommandLine(
        Path jenkinsfile,
        @CheckForNull Path credentials,
        @CheckForNull Path clusters,
        @CheckForNull Path knownHosts,
        Map<String, String> parameters,
        boolean dryRun,
        @CheckForNull Path result,
        @CheckForNull Path report) {
    /** The output of {@code --help}. */
    public static final String USAGE =
            """
            Runs a Jenkinsfile without Jenkins.

            usage: java -jar drbd-ocfs2-steps-runner.jar [OPTION]... JENKINSFILE

              --credentials FILE   credentials as JSON: {"credentials": [{"id": "x", "username": "root",
                                   "privateKeyFile": "key", "passphrase": "..."},
                                   {"id": "y", "username": "ops", "password": "..."}]}
              --clusters FILE      clusters for withClusterNodes(cluster: NAME) as JSON: {"clusters": [{"name": "x",
                                   "credentialsId": "y", "nodes": [{"name": "sv1", "host": "sv1.example.org"}]}]}
              --known-hosts FILE   the host keys of the nodes, as in known_hosts of ssh
              --param NAME=VALUE   a parameter of the build; any number of times
              --dry-run            only print what the steps would do
              --result FILE        write the results of all steps as JSON
              --report FILE        write a report as HTML
              --help               print this help

            exit code: 0 success (also unstable), 1 failure or aborted, 2 wrong usage""";

    /** Whether the arguments ask for help. */
    public static boolean asksForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    /**
     * Parses the arguments.
     *
     * @throws UsageException if they are wrong, or a file to read does not exist
     */
    public static CommandLine parse(List<String> arguments) throws UsageException {
        Deque<String> left = new ArrayDeque<>(arguments);
        Map<String, Path> files = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean dryRun = false;
        Path jenkinsfile = null;
        while (!left.isEmpty()) {
            String argument = left.poll();
            switch (argument) {
                case "--credentials", "--clusters", "--known-hosts", "--result", "--report" -> files.put(
                        argument, Path.of(value(argument, left)));
                case "--param" -> addParameter(value(argument, left), parameters);
                case "--dry-run" -> dryRun = true;
                default -> {
                    if (argument.startsWith("-")) {
                        throw new UsageException("unknown option " + argument);
                    } else if (jenkinsfile != null) {
                        throw new UsageException("more than one Jenkinsfile: " + jenkinsfile + " and " + argument);
                    }
                    jenkinsfile = Path.of(argument);
                }
            }
        }
        if (jenkinsfile == null) {
            throw new UsageException("no Jenkinsfile given");
        }
        requireFile(jenkinsfile);
        requireFile(files.get("--credentials"));
        requireFile(files.get("--clusters"));
        requireFile(files.get("--known-hosts"));
        return new CommandLine(
                jenkinsfile,
                files.get("--credentials"),
                files.get("--clusters"),
                files.get("--known-hosts"),
                Map.copyOf(parameters),
                dryRun,
                files.get("--result"),
                files.get("--report"));
    }

    private static String value(String option, Deque<String> left) throws UsageException {
        String value = left.poll();
        if (value == null || value.isEmpty()) {
            throw new UsageException("the option " + option + " needs a value");
        }
        return value;
    }

    private static void addParameter(String text, Map<String, String> parameters) throws UsageException {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("--param needs NAME=VALUE, not " + text);
        }
        parameters.put(text.substring(0, equals), text.substring(equals + 1));
    }

    private static void requireFile(@CheckForNull Path file) throws UsageException {
        if (file != null && !Files.isReadable(file)) {
            throw new UsageException("there is no file " + file + " that can be read");
        }
        if (file != null && Files.isDirectory(file)) {
            throw new UsageException(file + " is a directory");
        }
    }
}
