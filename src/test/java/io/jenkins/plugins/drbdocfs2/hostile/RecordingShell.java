package io.jenkins.plugins.drbdocfs2.hostile;

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
 * Runs scripts with a real shell of this machine that finds no program but recorders: each notes with which words it was
 * called and does nothing. What a script writes by redirection ends up in a directory of the test's own.
 */
public final class RecordingShell {
    /** What the product's scripts call, and programs that none of them may. */
    private static final String TOOLS =
            "apt-cache apt-get base64 bash blkdiscard blkid blockdev cat chmod chown cmp cut date dd debugfs.ocfs2 dnf"
                    + " dpkg-query drbdadm drbdmeta drbdsetup find grep head hostname id kill ls lvchange lvcreate lvremove"
                    + " lvrename lvs mkdir mkfs.ext4 mkfs.ocfs2 mkfs.xfs mktemp modinfo modprobe mount mv o2cb"
                    + " od perl pvs readlink restorecon rm rpm sed seq sha256sum sleep sort stat sync sysctl systemctl tail"
                    + " timeout touch tr tunefs.ocfs2 umount uname vgcreate vgextend vgs wc wipefs xargs zypper canary reboot";

    // What a caller needs to go on: a file of the test's own where a path is asked for, no mount found by grep, and
    // devices
    // with the numbers that Calls gives them, which are still blank
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

    // For commands that are not there at all; other shells only print that to a closed standard error
    private static final String NOT_FOUND =
            "command_not_found_handle() { printf '%s\\0' \"not found: $1\" \"$@\" > \"$RECORDS/n$$.$RANDOM\"; return 127; }\n";

    private static final int SAFETY_NET_SECONDS = 60;

    private final Path directory;
    private final Path programs;
    private final Path records;
    private final Path files;
    private final Path work;

    /** @param directory an empty one */
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

    /** The shells of this machine that a node may have as /bin/sh. */
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
     * @param environment for the recorders: CHECKSUM is what sha256sum prints, PRINTED what all print
     * @return the calls, each with the program's name and its arguments
     */
    public List<List<String>> run(List<String> shell, String script, Map<String, String> environment) {
        try {
            boolean bash = shell.get(0).endsWith("bash");
            Path file = Files.writeString(directory.resolve("script"), (bash ? NOT_FOUND : "") + script);
            // Ends once nobody holds the output any more: Java's own stream ends with the shell, whatever it left
            // running
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
            // What it leaves in the background holds its output open
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> drain(process.getInputStream()));
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

    /** Puts a file where scripts find every file that they ask for. */
    public void place(String text) {
        try {
            Files.writeString(files.resolve("file"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written beside that file, under the name that it has until it is whole; null for nothing. */
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

    /** The names of files that scripts made where they ran; none may. */
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
