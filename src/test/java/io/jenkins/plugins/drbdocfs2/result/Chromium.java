package io.jenkins.plugins.drbdocfs2.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's browser, without a screen and without a network. */
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--enable-logging=stderr");

    private final Path directory;

    /** @param directory an empty directory for its files */
    Chromium(Path directory) {
        this.directory = directory;
    }

    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** The document as it stands after it was loaded; fails if the browser had anything to complain about. */
    String load(String html, int width, boolean dark) throws IOException, InterruptedException {
        Path page = Files.writeString(directory.resolve("page.html"), html);
        Path dom = directory.resolve("dom");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(QUIET);
        command.add("--user-data-dir=" + Files.createTempDirectory(directory, "profile"));
        command.add("--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
        command.add("--window-size=" + width + ",900");
        command.add("--dump-dom");
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
        return Files.readString(dom);
    }
}
