package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.operation.Change.Await;
import io.jenkins.plugins.drbdocfs2.operation.Change.Watch;
import io.jenkins.plugins.drbdocfs2.remote.Answer;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Follows a stream of lines on a node until what is waited for has come. */
final class Following {
    private final Await await;
    private final NodeResult result;
    private final Mask mask;
    private final BooleanSupplier failedElsewhere;
    private final Watch watch;

    /** @param failedElsewhere whether another node of the same stage has failed, so that waiting is in vain */
    Following(Await await, NodeResult result, Mask mask, Log log, BooleanSupplier failedElsewhere) {
        this.await = await;
        this.result = result;
        this.mask = mask;
        this.failedElsewhere = failedElsewhere;
        this.watch = await.watch().start(line -> log.line("    " + await.node() + ": " + mask.apply(line)));
    }

    void follow(Remote remote) throws StepFailure, RemoteException, InterruptedException {
        AtomicReference<StepFailure> failure = new AtomicReference<>();
        AtomicReference<Boolean> come = new AtomicReference<>(false);
        Optional<Answer> ended;
        long start = System.nanoTime();
        try {
            Script script = Script.of(await.command()).withTimeout(await.timeout());
            ended = remote.runUntil(script, line -> {
                try {
                    come.set(watch.line(line));
                } catch (StepFailure e) {
                    failure.set(e);
                } catch (TextFormatException e) {
                    failure.set(new StepFailure(
                            "what `" + await.command() + "` prints on " + await.node() + " cannot be understood: "
                                    + e.getMessage() + ". Last seen there: " + watch.last() + ".",
                            e));
                }
                return come.get() || failure.get() != null || failedElsewhere.getAsBoolean();
            });
        } catch (RemoteException e) {
            String seen =
                    " " + await.summary() + " has not come; last seen on " + await.node() + ": " + watch.last() + ".";
            if (e.kind() == RemoteException.Kind.TIMEOUT) {
                throw new StepFailure(seen.strip() + (await.hint() == null ? "" : " " + await.hint()), e);
            }
            throw new RemoteException(e.nodeName(), e.kind(), e.getMessage() + seen, e);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        String stderr = ended.map(Answer::stderr).orElse("");
        result.command(
                mask.apply(await.command()), ended.map(Answer::exitCode).orElse(0), "", mask.apply(stderr), millis);
        if (failure.get() != null) {
            throw failure.get();
        }
        if (!come.get() && ended.isEmpty()) {
            throw new StepFailure(await.node() + " has been waited for no longer, since another node failed; last seen"
                    + " there: " + watch.last() + ".");
        }
        if (!come.get()) {
            throw new StepFailure("on " + await.node() + ", `" + await.command() + "` ended with exit code "
                    + ended.get().exitCode() + " while waiting: " + await.summary() + ". Last seen: " + watch.last()
                    + ". " + stderr.strip());
        }
    }
}
