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
 * The real programs that read the files that we read and write, to compare our readers with. A test whose program is not
 * installed is skipped; it fails if the environment has {@code REAL_READERS=required}, which {@code ./check} sets.
 */
public final class RealReader {
    private static final boolean REQUIRED = "required".equals(System.getenv("REAL_READERS"));

    /** The result of a program. */
    public record Output(int exitCode, String output) {}

    private RealReader() {}

    /** Skips or fails the test if a program is missing. */
    public static void require(String aptPackage, String... programs) {
        boolean there = Stream.of(programs).allMatch(program -> Files.isExecutable(Path.of(program)));
        if (REQUIRED && !there) {
            fail(aptPackage + " is not installed: run lab/install-tools readers");
        }
        assumeTrue(there, aptPackage + " is not installed");
    }

    /** Runs a program without input; the output includes standard error. */
    public static Output run(Map<String, String> environment, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(20, TimeUnit.SECONDS);
            return new Output(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
