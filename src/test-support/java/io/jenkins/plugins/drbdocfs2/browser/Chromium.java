package io.jenkins.plugins.drbdocfs2.browser;

import com.grack.nanojson.JsonObject;
import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Debian's browser, headless, with only the network of this machine. */
public final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final String LISTENING = "DevTools listening on ";
    private static final int SECONDS_TO_END = 60;
    private static final List<String> OPTIONS = List.of(
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
            "--remote-debugging-port=0",
            "about:blank");

    private final Process process;
    private final DevTools devTools;

    private Chromium(Process process, DevTools devTools) {
        this.process = process;
        this.devTools = devTools;
    }

    /** Whether the browser is installed. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param directory the directory for its files */
    public static Chromium start(Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.add("--user-data-dir=" + Files.createTempDirectory(directory, "profile"));
        command.addAll(OPTIONS);
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process, DevTools.connect(address(process)));
        } catch (IOException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    private static URI address(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.startsWith(LISTENING)) {
                // discard further output, so that the browser does not block
                CompletableFuture.runAsync(() -> skip(said), Threads.ONE_EACH);
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("chromium ended: " + all);
    }

    private static void skip(BufferedReader said) {
        try {
            while (said.readLine() != null) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new, empty page. */
    public BrowserPage page() {
        JsonObject target = devTools.call(null, "Target.createTarget", Map.of("url", "about:blank"));
        JsonObject session = devTools.call(
                null, "Target.attachToTarget", Map.of("targetId", target.getString("targetId"), "flatten", true));
        return new BrowserPage(devTools, session.getString("sessionId"));
    }

    /** Stops the browser, which removes its temporary files. */
    @Override
    public void close() {
        devTools.call(null, "Browser.close", Map.of());
        try {
            process.onExit().orTimeout(SECONDS_TO_END, TimeUnit.SECONDS).join();
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
