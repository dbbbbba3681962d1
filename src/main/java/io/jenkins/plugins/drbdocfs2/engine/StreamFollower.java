package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.Durations;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.result.NodeResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Follows a stream of lines on a node until an event, and logs that it has happened. Lines after the deciding one are ignored:
 * the stream continues until it is ended.
 */
public final class StreamFollower {
    private final Await await;
    private final NodeResult result;
    private final Consumer<String> progress;
    private final BooleanSupplier failedElsewhere;

    private enum Verdict {
        COME,
        /** It can no longer happen. */
        FAILED,
        /** The state of the stream may be wrong: it is started again. */
        LOST_LINES,
        FAILED_ELSEWHERE
    }

    /** @param failedElsewhere whether another node of the same stage has failed, so that waiting is useless */
    public StreamFollower(Await await, NodeResult result, Log log, BooleanSupplier failedElsewhere) {
        this.await = await;
        this.result = result;
        this.failedElsewhere = failedElsewhere;
        this.progress = line -> log.line("    " + await.node() + ": " + line);
    }

    /** Follows the stream to its end. Each run of the command is recorded in the result. */
    public void follow(Remote remote) throws StepFailure, RemoteException, InterruptedException {
        long start = System.nanoTime();
        Stream stream;
        Optional<ScriptResult> ended;
        do {
            long begun = System.nanoTime();
            stream = new Stream(await.watch().start(progress));
            ended = stream.listen(remote, await.timeout().minusNanos(begun - start));
            record(ended, System.nanoTime() - begun);
        } while (stream.end() == Verdict.LOST_LINES);
        stream.conclude(ended);
        long millis = (System.nanoTime() - start) / 1_000_000;
        progress.accept(await.event().reached() + " after " + Durations.text(millis));
    }

    private void record(Optional<ScriptResult> ended, long nanos) {
        String stderr = ended.map(ScriptResult::stderr).orElse("");
        result.command(await.command(), ended.map(ScriptResult::exitCode).orElse(0), "", stderr, nanos / 1_000_000);
    }

    /** One run of the command. Its lines arrive on another thread than the waiting one. */
    private final class Stream {
        private final Watch watch;
        private Verdict verdict;
        private StepFailure failure;
        private boolean over;

        Stream(Watch watch) {
            this.watch = watch;
        }

        Optional<ScriptResult> listen(Remote remote, Duration timeout)
                throws StepFailure, RemoteException, InterruptedException {
            long begun = System.nanoTime();
            try {
                return remote.runUntil(Script.of(await.command()).withTimeout(timeout), this::isEnough);
            } catch (RemoteException e) {
                if (end() != null) {
                    return Optional.empty();
                }
                String last = "last seen on " + await.node() + ": " + watch.last() + ".";
                // not that the script did not start in time
                boolean waited = System.nanoTime() - begun >= timeout.toNanos();
                if (waited && e.kind() == RemoteException.Kind.TIMEOUT) {
                    throw new StepFailure(
                            "waited " + Durations.text(await.timeout()) + " for "
                                    + await.event().awaited() + "; " + last
                                    + (await.hint() == null ? "" : " " + await.hint()),
                            e);
                }
                String was = " The step was " + await.doing() + "; " + last;
                throw new RemoteException(e.nodeName(), e.kind(), e.getMessage() + was, e);
            }
        }

        /** Ignores further lines; returns the verdict so far, or null if there is none. */
        synchronized Verdict end() {
            over = true;
            return verdict;
        }

        private synchronized boolean isEnough(String line) {
            if (!over) {
                verdict = judge(line);
                over = verdict != null;
            }
            return over;
        }

        // Lines after a gap prove neither success nor failure.
        private Verdict judge(String line) {
            boolean come = false;
            try {
                come = watch.line(line);
            } catch (StepFailure e) {
                failure = e;
            } catch (TextFormatException e) {
                failure = new StepFailure(
                        "the output of `" + await.command() + "` on " + await.node() + " is not understood: "
                                + e.getMessage() + ". Last seen there: " + watch.last() + ".",
                        e);
            }
            if (watch.hasLostLines()) {
                return Verdict.LOST_LINES;
            }
            result.now(watch.now());
            if (come || failure != null) {
                return come ? Verdict.COME : Verdict.FAILED;
            }
            return failedElsewhere.getAsBoolean() ? Verdict.FAILED_ELSEWHERE : null;
        }

        /** @param ended the result of the command if it ended by itself */
        void conclude(Optional<ScriptResult> ended) throws StepFailure {
            Verdict last = end();
            if (last == Verdict.COME) {
                return;
            }
            if (last == Verdict.FAILED) {
                throw failure;
            }
            if (last == Verdict.FAILED_ELSEWHERE) {
                throw new StepFailure("stopped waiting for " + await.node() + ", because another node failed; last"
                        + " seen there: " + watch.last() + ".");
            }
            throw new StepFailure("on " + await.node() + ", `" + await.command() + "` ended with exit code "
                    + ended.map(ScriptResult::exitCode).orElse(0) + " while " + await.doing() + ". Last seen: "
                    + watch.last() + ". "
                    + ended.map(ScriptResult::stderr).orElse("").strip());
        }
    }
}
