package io.jenkins.plugins.drbdocfs2.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Adds to the failure of a lab test which nodes were reset since the lab was started, and what their consoles showed
 * before. A node whose kernel panics boots again by itself, and the test fails somewhere else.
 */
public final class ResetsInFailures implements TestExecutionExceptionHandler {
    private static final int LINES = 40;
    // written by lab/supervise
    private static final Pattern RESET = Pattern.compile("^lab: the node was reset .*$", Pattern.MULTILINE);

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Map<String, String> resets = resets();
        if (resets.isEmpty()) {
            throw failure;
        }
        throw new AssertionError(
                failure.getMessage()
                        + resets.entrySet().stream()
                                .map(reset -> "\nBefore its last reset, the console of %s showed:\n%s"
                                        .formatted(reset.getKey(), reset.getValue()))
                                .collect(Collectors.joining()),
                failure);
    }

    private static Map<String, String> resets() throws IOException {
        Path nodes = Lab.nodes();
        Map<String, String> resets = new TreeMap<>();
        if (!Files.isDirectory(nodes)) {
            return resets;
        }
        try (Stream<Path> folders = Files.list(nodes)) {
            for (Path folder : folders.toList()) {
                String console = Files.readString(folder.resolve("console.log"), StandardCharsets.ISO_8859_1);
                int end = endOfLastReset(console);
                if (end > 0) {
                    List<String> before = console.substring(0, end).lines().toList();
                    resets.put(
                            Files.readString(folder.resolve("name")).strip(),
                            String.join("\n", before.subList(Math.max(0, before.size() - LINES), before.size())));
                }
            }
        }
        return resets;
    }

    private static int endOfLastReset(String console) {
        Matcher matcher = RESET.matcher(console);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
        }
        return end;
    }
}
