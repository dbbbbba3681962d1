package io.jenkins.plugins.drbdocfs2.lock;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The lock of a node: flock(1) of {@value #FILE}, held by a script that runs on the node as long as the lock is needed. It
 * is gone when the script ends, also because its connection is lost.
 */
final class NodeLock {
    /** The file of the lock; its line has the ID, the process and the name of the owner while it is locked. */
    static final String FILE = "/run/drbd-ocfs2-steps.lock";

    private static final String SCRIPT = ShellFile.read(NodeLock.class, "node-lock.sh");
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Remote remote;
    private final Thread thread;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile Answer end;

    /** What a node says to the wish to lock it. */
    enum Kind {
        /** The lock is held from now on. */
        LOCKED,
        /** The same owner holds it already, through another connection; when that ends, this lock holds it. */
        SHARED,
        /** Somebody else holds it. */
        HELD,
        /** The node never can be locked. */
        IMPOSSIBLE,
        /** The node cannot be locked now. */
        FAILED
    }

    /**
     * The answer of a node.
     *
     * @param kind what it says
     * @param text the name of the owner if it is held, the reason if it is not locked
     */
    record Answer(Kind kind, String text) {}

    private NodeLock(Remote remote, String file, LockOwner owner) {
        this.remote = remote;
        Script script = Script.of(ShellFile.with(SCRIPT, file, owner.id(), owner.name()))
                .withTimeout(LONGEST);
        this.thread = new Thread(() -> hold(script), "lock of " + remote.node().name());
        thread.setDaemon(true);
    }

    /** Begins to lock a node in the background; see {@link #await}. */
    static NodeLock start(Remote remote, String file, LockOwner owner) {
        NodeLock lock = new NodeLock(remote, file, owner);
        lock.thread.start();
        return lock;
    }

    private void hold(Script script) {
        try {
            ScriptResult ended = remote.hold(script, line -> answer.complete(answer(line)));
            end = new Answer(
                    Kind.FAILED,
                    "the script ended with exit code " + ended.exitCode() + ": "
                            + ended.stderr().strip());
        } catch (RemoteException e) {
            boolean always = e.kind() == RemoteException.Kind.NOT_STARTED;
            end = new Answer(always ? Kind.IMPOSSIBLE : Kind.FAILED, e.getMessage());
        } catch (InterruptedException | RuntimeException e) {
            end = new Answer(Kind.FAILED, String.valueOf(e.getMessage()));
        } finally {
            answer.complete(end);
        }
    }

    private static Answer answer(String line) {
        if (line.startsWith("held")) {
            return new Answer(Kind.HELD, line.substring("held".length()).strip());
        }
        return switch (line) {
            case "locked" -> new Answer(Kind.LOCKED, null);
            case "shared" -> new Answer(Kind.SHARED, null);
            case "missing" -> new Answer(Kind.IMPOSSIBLE, "it has no flock (package util-linux)");
            default -> new Answer(Kind.FAILED, "it answered: " + line);
        };
    }

    /** Waits for the answer of the node. */
    Answer await() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Why a lock that was held is not held any more; null if it is held. */
    Answer loss() {
        return end;
    }

    /** Ends the script, and waits for its end. */
    void release() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
