package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** This machine as a node: runs scripts in /bin/sh. */
public final class LocalShell implements Remote {
    private final Node node;
    private final List<String> scripts = new ArrayList<>();
    private final String before;

    public LocalShell(String name) {
        this(name, "");
    }

    /** Puts this script before each script, for example to replace programs with functions. */
    public LocalShell(String name, String before) {
        this.node = new Node(name, "localhost", 22, "127.0.0.1");
        this.before = before;
    }

    /** The scripts that were run. */
    public List<String> scripts() {
        return scripts;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public ScriptResult run(Script script, Consumer<String> stdoutLine) throws InterruptedException {
        scripts.add(script.text());
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("out", null);
            err = Files.createTempFile("err", null);
            Process process = new ProcessBuilder("sh", "-c", before + script.text())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            int code = process.waitFor();
            String stdout = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            stdout.lines().forEach(stdoutLine);
            return new ScriptResult(code, stdout, new String(Files.readAllBytes(err), StandardCharsets.UTF_8), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(out);
            delete(err);
        }
    }

    private static void delete(Path file) {
        if (file != null) {
            file.toFile().delete();
        }
    }
}
