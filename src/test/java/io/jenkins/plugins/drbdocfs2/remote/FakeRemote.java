package io.jenkins.plugins.drbdocfs2.remote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A node without a machine: records its scripts, and returns the results of a function. */
public final class FakeRemote implements Remote {
    private final Node node;
    private final Answers answers;
    private final List<Script> scripts = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger rests = new AtomicInteger();
    private volatile boolean closed;

    /** Gives the result of a script. */
    @FunctionalInterface
    public interface Answers {
        /** Returns the result of a script, or throws its failure. */
        ScriptResult to(Script script) throws RemoteException, InterruptedException;
    }

    /** A node with this name, on a host with the same name. */
    public FakeRemote(String name, Answers answers) {
        this.node = new Node(name, name, 22, name);
        this.answers = answers;
    }

    /** A result with exit code 0. */
    public static ScriptResult ok(String stdout) {
        return new ScriptResult(0, stdout, "", 0);
    }

    /** A result with another exit code. */
    public static ScriptResult failed(int exitCode, String stderr) {
        return new ScriptResult(exitCode, "", stderr, 0);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public ScriptResult run(Script script, Consumer<String> stdoutLine) throws RemoteException, InterruptedException {
        scripts.add(script);
        ScriptResult result = answers.to(script);
        result.stdout().lines().forEach(stdoutLine);
        return result;
    }

    /** The scripts so far, in order. */
    public List<Script> scripts() {
        return List.copyOf(scripts);
    }

    @Override
    public void closeIfIdle() {
        rests.incrementAndGet();
    }

    /** How often {@link #rest} was called. */
    public int rests() {
        return rests.get();
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
