package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.operation.Change.Await;
import io.jenkins.plugins.drbdocfs2.operation.Change.Watch;
import io.jenkins.plugins.drbdocfs2.remote.Answer;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Follows a stream of lines on a node until what is waited for has come. */
final class Following {
    private final Await await;
    private final NodeResult result;
    private final Consumer<String> progress;
    private final BooleanSupplier failedElsewhere;
    private Watch watch;
    private volatile boolean come;
    private volatile StepFailure failure;

    /** @param failedElsewhere whether another node of the same stage has failed, so that waiting is in vain */
    Following(Await await, NodeResult result, Log log, BooleanSupplier failedElsewhere) {
        this.await = await;
        this.result = result;
        this.failedElsewhere = failedElsewhere;
        this.progress = line -> log.line("    " + await.node() + ": " + line);
    }

    void follow(Remote remote) throws StepFailure, RemoteException, InterruptedException {
        long start = System.nanoTime();
        Optional<Answer> ended;
        do {
            watch = await.watch().start(progress);
            ended = listen(remote, await.timeout().minusNanos(System.nanoTime() - start));
        } while (watch.hasLostLines());
        long millis = (System.nanoTime() - start) / 1_000_000;
        String stderr = ended.map(Answer::stderr).orElse("");
        result.command(await.command(), ended.map(Answer::exitCode).orElse(0), "", stderr, millis);
        if (failure != null) {
            throw failure;
        }
        if (!come && ended.isEmpty()) {
            throw new StepFailure(await.node() + " has been waited for no longer, since another node failed; last seen"
                    + " there: " + watch.last() + ".");
        }
        if (!come) {
            throw new StepFailure("on " + await.node() + ", `" + await.command() + "` ended with exit code "
                    + ended.get().exitCode() + " while waiting: " + await.summary() + ". Last seen: " + watch.last()
                    + ". " + stderr.strip());
        }
    }

    private Optional<Answer> listen(Remote remote, Duration timeout)
            throws StepFailure, RemoteException, InterruptedException {
        try {
            return remote.runUntil(Script.of(await.command()).withTimeout(timeout), this::isEnough);
        } catch (RemoteException e) {
            String seen =
                    " " + await.summary() + " has not come; last seen on " + await.node() + ": " + watch.last() + ".";
            if (e.kind() == RemoteException.Kind.TIMEOUT) {
                throw new StepFailure(seen.strip() + (await.hint() == null ? "" : " " + await.hint()), e);
            }
            throw new RemoteException(e.nodeName(), e.kind(), e.getMessage() + seen, e);
        }
    }

    // What is read after a gap proves nothing, neither that it has come nor that it cannot.
    private boolean isEnough(String line) {
        boolean now = false;
        StepFailure wrong = null;
        try {
            now = watch.line(line);
        } catch (StepFailure e) {
            wrong = e;
        } catch (TextFormatException e) {
            wrong = new StepFailure(
                    "what `" + await.command() + "` prints on " + await.node() + " cannot be understood: "
                            + e.getMessage() + ". Last seen there: " + watch.last() + ".",
                    e);
        }
        if (watch.hasLostLines()) {
            return true;
        }
        come = now;
        failure = wrong;
        result.now(watch.now());
        return come || failure != null || failedElsewhere.getAsBoolean();
    }
}
