package io.jenkins.plugins.drbdocfs2.hostile;

import io.jenkins.plugins.drbdocfs2.support.Threads;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Runs scripts in a real shell of this machine that finds only recorders instead of programs. Each recorder writes down
 * its name and arguments and does nothing else. Files that a script writes by redirection go to a directory of the test.
 */
public final class RecordingShell {
    /** The programs that the plugin's scripts call, and programs that they must never call. */
    private static final String TOOLS =
            "apt-cache apt-get base64 bash blkdiscard blkid blockdev cat chmod chown cmp cut date dd debugfs.ocfs2 dnf"
                    + " dpkg-query drbdadm drbdmeta drbdsetup find grep head hostname id kill ls lvchange lvcreate lvremove"
                    + " lvrename lvs mkdir mkfs.ext4 mkfs.ocfs2 mkfs.xfs mktemp modinfo modprobe mount mv o2cb"
                    + " od perl pvs readlink restorecon rm rpm sed seq sha256sum sleep sort stat sync sysctl systemctl tail"
                    + " timeout touch tr tunefs.ocfs2 umount uname vgcreate vgextend vgs wc wipefs xargs zypper canary reboot";

    // The answers that a script needs to continue: a file of the test for a path, no mount found by grep, and blank
    // devices with the numbers that Calls gives them
    private static final String RECORDER =
            """
            #!/bin/sh
            n=${0##*/}
            printf '%s\\0' "$n" "$@" > "$RECORDS/$$"
            [ -z "$PRINTED" ] || printf '%s\\n' "$PRINTED"
            case $n in
            readlink) echo "$FILES/file" ;;
            mktemp) echo "$FILES/tmp" ;;
            sha256sum) echo "$CHECKSUM" ;;
            perl) case "$*" in *' glance '*) echo zero inside ;; esac ;;
            stat) case "$*" in
                *0x%t*/dev/drbd0*) echo 0x93 0x0 ;;
                *0x%t*/dev/sys/drbd0*) echo 0xfe 0x0 ;;
                *0x%t*/dev/sys/*) echo 0xfe 0x7 ;;
                *0x%t*/dev/sd*) echo 0x8 0x10 ;;
              esac ;;
            grep | sleep) exit 1 ;;
            esac
            exit 0
            """;

    // Records unknown commands; other shells only print an error to the closed standard error
    private static final String NOT_FOUND =
            "command_not_found_handle() { printf '%s\\0' \"not found: $1\" \"$@\" > \"$RECORDS/n$$.$RANDOM\"; return 127; }\n";

    private static final int SAFETY_NET_SECONDS = 60;

    private final Path directory;
    private final Path programs;
    private final Path records;
    private final Path files;
    private final Path work;

    /** @param directory an empty directory */
    public RecordingShell(Path directory) {
        this.directory = directory;
        this.programs = directory.resolve("programs");
        this.records = directory.resolve("records");
        this.files = directory.resolve("files");
        this.work = directory.resolve("work");
        try {
            for (Path path : List.of(programs, records, files, files.resolve("tmp"), work)) {
                Files.createDirectories(path);
            }
            Path recorder = Files.writeString(directory.resolve("recorder"), RECORDER);
            Files.setPosixFilePermissions(recorder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String tool : TOOLS.split(" +")) {
                Files.createSymbolicLink(programs.resolve(tool), recorder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shells on this machine that can be the /bin/sh of a node. */
    public static List<List<String>> shells() {
        return Stream.of(
                        List.of("/bin/sh"),
                        List.of("/bin/dash"),
                        List.of("/bin/bash", "--posix"),
                        List.of("/bin/busybox", "sh"))
                .filter(shell -> new File(shell.get(0)).canExecute())
                .toList();
    }

    /**
     * Runs a script to its end.
     *
     * @param shell one of {@link #shells}
     * @param script POSIX sh
     * @param environment for the recorders: CHECKSUM is the output of sha256sum, PRINTED the output of all
     * @return the calls, each as the program's name and its arguments
     */
    public List<List<String>> run(List<String> shell, String script, Map<String, String> environment) {
        try {
            boolean bash = shell.get(0).endsWith("bash");
            Path file = Files.writeString(directory.resolve("script"), (bash ? NOT_FOUND : "") + script);
            // Ends when all processes have closed the output; Java's own stream ends with the shell, even if processes
            // that it started still run
            List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" | /bin/cat", "sh"));
            command.addAll(shell);
            command.add(file.toString());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().put("PATH", programs.toString());
            builder.environment().put("RECORDS", records.toString());
            builder.environment().put("FILES", files.toString());
            Process process = builder.start();
            // A background process of the script holds its output open
            CompletableFuture<Void> end =
                    CompletableFuture.runAsync(() -> drain(process.getInputStream()), Threads.ONE_EACH);
            try {
                end.get(SAFETY_NET_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("no end of: " + script, e);
            }
            process.waitFor();
            return takeRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<List<String>> takeRecords() throws IOException {
        List<List<String>> calls = new ArrayList<>();
        for (Path record : list(records)) {
            String text = Files.readString(record, StandardCharsets.UTF_8);
            calls.add(Arrays.asList(
                    text.substring(0, Math.max(0, text.length() - 1)).split("\0", -1)));
            Files.delete(record);
        }
        return calls;
    }

    /** Writes the file that scripts find for every path they read. */
    public void place(String text) {
        try {
            Files.writeString(files.resolve("file"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of the temporary file written beside that file; null if there is none. */
    public String takeWritten() {
        try {
            Path part = files.resolve(".file.drbd-ocfs2-steps");
            String text = Files.exists(part) ? Files.readString(part) : null;
            Files.deleteIfExists(part);
            Files.deleteIfExists(files.resolve("file"));
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of files that scripts created in their working directory; there must be none. */
    public List<String> strayFiles() {
        return list(work).stream().map(path -> path.getFileName().toString()).toList();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
