package io.jenkins.plugins.drbdocfs2.remote.hostkeys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A known_hosts file that keys are added to. */
final class KnownHostsFile {
    private KnownHostsFile() {}

    /** Adds a line atomically. The file is readable by its owner only. */
    static void append(Path file, String line) throws IOException {
        Path directory = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(directory);
        // createTempFile makes it readable by the owner only
        Path next = Files.createTempFile(directory, ".known_hosts", null);
        try {
            String before = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
            Files.writeString(next, before + separator + line + "\n", StandardCharsets.ISO_8859_1);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
