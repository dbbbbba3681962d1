package io.jenkins.plugins.drbdocfs2;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs that read the files we read and write, as the judges of our readers. A test whose judge is not installed is
 * skipped, and fails where the environment has {@code REAL_READERS=required}, as {@code ./check} says.
 */
public final class RealReader {
    private static final boolean REQUIRED = "required".equals(System.getenv("REAL_READERS"));

    /** What a program said. */
    public record Said(int exitCode, String output) {}

    private RealReader() {}

    /** Skips the test, or fails it, unless the programs are there. */
    public static void simulate(String aptPackage, String... programs) {
        boolean there = Stream.of(programs).allMatch(program -> Files.isExecutable(Path.of(program)));
        if (REQUIRED && !there) {
            fail(aptPackage + " is not installed: run lab/install-tools readers");
        }
        assumeTrue(there, aptPackage + " is not installed");
    }

    /** Runs a program without input; standard error is part of what it said. */
    public static Said run(Map<String, String> environment, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(20, TimeUnit.SECONDS);
            return new Said(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
