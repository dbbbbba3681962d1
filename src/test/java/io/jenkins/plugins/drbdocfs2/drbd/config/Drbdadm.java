package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.RealReader;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The real drbdadm of drbd-utils 9, which has the parsers of all three generations. It needs neither the module nor root. */
public final class Drbdadm {
    private static final Map<DrbdGeneration, String> VERSIONS =
            Map.of(DrbdGeneration.V83, "8.3.0", DrbdGeneration.V84, "8.4.0", DrbdGeneration.V9, "9.1.0");

    private static final String[] PROGRAMS = {"/usr/sbin/drbdadm", "/lib/drbd/drbdadm-83", "/lib/drbd/drbdadm-84"};

    /** Output of the hook that sets the node's name. */
    private static final Pattern HOOK = Pattern.compile("\\s*found __DRBD_NODE__.*\\s*PRETENDING that.*\\s*");

    record Result(int exitCode, String output) {}

    private Drbdadm() {}

    public static void assumeInstalled() {
        RealReader.require("drbd-utils", PROGRAMS);
    }

    /** The value of DRBD_DRIVER_VERSION_OVERRIDE for a generation. */
    static String version(DrbdGeneration generation) {
        return VERSIONS.get(generation);
    }

    /** The output of a script on the node sv1, where drbdadm reads this file by default. */
    public static String sh(DrbdGeneration generation, Path drbdConf, String script)
            throws IOException, InterruptedException {
        String head = "drbdadm() { case $1 in -c) command drbdadm \"$@\";; *) command drbdadm -c " + drbdConf
                + " \"$@\";; esac; }\n";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 2>/dev/null\n" + head + script);
        builder.environment().put("DRBD_DRIVER_VERSION_OVERRIDE", VERSIONS.get(generation));
        builder.environment().put("__DRBD_NODE__", "sv1");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(20, TimeUnit.SECONDS);
        return output;
    }

    /** The answer of the node sv1 to a probe, where drbdadm reads this file. */
    public static <T> T ask(DrbdGeneration generation, Path drbdConf, Probe<T> probe)
            throws IOException, InterruptedException {
        return probe.parser().apply(new Probe.Reading(0, sh(generation, drbdConf, probe.script())));
    }

    /** Runs a drbdadm command on a configuration, as this node. */
    static Result run(DrbdGeneration generation, String node, String configuration, String... command) {
        try {
            Path file = Files.createTempFile("resource", ".res");
            try {
                Files.writeString(file, configuration);
                List<String> words = new ArrayList<>(List.of("/usr/sbin/drbdadm", "-c", file.toString()));
                words.addAll(List.of(command));
                ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
                builder.environment().put("DRBD_DRIVER_VERSION_OVERRIDE", VERSIONS.get(generation));
                builder.environment().put("__DRBD_NODE__", node);
                Process process = builder.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                process.waitFor(20, TimeUnit.SECONDS);
                return new Result(process.exitValue(), HOOK.matcher(output).replaceAll(""));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
