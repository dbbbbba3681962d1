package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.Remote.SequenceListener;
import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptOutput;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Scripts that are sent as one and run one after the other until one fails. The node marks the end of each in both outputs,
 * see in-order.sh. They are processes of one session, which the node ends as a whole when the channel is closed.
 */
final class ScriptSequence implements SentScript {
    private static final String IN_ORDER = Bootstrap.load("in-order.sh");

    private final List<Script> scripts;
    private final SequenceListener listener;
    private final String mark = UUID.randomUUID().toString();
    private final List<Output> outputs;
    private int reported;
    private ScriptResult last;
    private final long created = System.nanoTime();
    private final List<Long> ends = new ArrayList<>();

    /** @param listener told of every begin and end except the first begin */
    ScriptSequence(List<Script> scripts, SequenceListener listener) {
        this.scripts = List.copyOf(scripts);
        this.listener = listener;
        this.outputs = List.of(new Output(), new Output());
    }

    @Override
    public String text() {
        return scripts.stream()
                .map(script -> "in_order " + Sh.quote(script.text()))
                .collect(Collectors.joining("\n", "mark=" + mark + "; " + IN_ORDER + "\n", "\n"));
    }

    @Override
    public void printed(int output, byte[] bytes, int offset, int length) {
        outputs.get(output).parser.write(bytes, offset, length);
    }

    @Override
    public void ended(int output) {
        // each script has an end of its own
    }

    @Override
    public synchronized Duration limit() {
        return scripts.get(Math.min(reported, scripts.size() - 1)).timeout();
    }

    @Override
    public synchronized long since(long start) {
        return reported == 0 ? start : ends.get(reported - 1);
    }

    @Override
    public synchronized boolean hasMore() {
        return reported + 1 < scripts.size();
    }

    @Override
    public synchronized boolean hasUnreported() {
        return reported < Math.min(ends.size(), scripts.size());
    }

    @Override
    public void report() {
        while (hasUnreported()) {
            tell(markedCode());
        }
    }

    private synchronized int markedCode() {
        return outputs.get(STDOUT).codes.get(reported);
    }

    private void tell(int exitCode) {
        int number;
        ScriptResult result;
        synchronized (this) {
            number = reported;
            if (ends.size() == number) {
                ends.add(System.nanoTime());
            }
            long begin = number == 0 ? created : ends.get(number - 1);
            ScriptOutput stdout = outputs.get(STDOUT).texts.get(number);
            ScriptOutput stderr = outputs.get(STDERR).texts.get(number);
            result = new ScriptResult(
                    exitCode,
                    stdout.text(),
                    stderr.text(),
                    TimeUnit.NANOSECONDS.toMillis(ends.get(number) - begin),
                    stdout.isCut());
            reported++;
            last = result;
        }
        listener.ended(number, result);
        if (result.ok() && number + 1 < scripts.size()) {
            listener.begins(number + 1);
        }
    }

    /** The result of the last script that ran. A script that ended the shell of all of them has no mark. */
    @Override
    public Optional<ScriptResult> result(int exitCode, long millis) {
        if (lacksMark() && exitCode != 0) {
            tell(exitCode);
        }
        return resultOfLast();
    }

    private synchronized boolean lacksMark() {
        return reported < scripts.size() && (last == null || last.ok());
    }

    private synchronized Optional<ScriptResult> resultOfLast() {
        return lacksMark() ? Optional.empty() : Optional.of(last);
    }

    /** One output: that of each script, and the exit codes of those that have ended. */
    private final class Output implements MarkedOutputParser.Listener {
        private final List<ScriptOutput> texts = scripts.stream()
                .map(script -> new ScriptOutput(script.outputLimit(), null))
                .toList();
        private final List<Integer> codes = new ArrayList<>();
        private final MarkedOutputParser parser = MarkedOutputParser.ofSequence(mark, this);

        @Override
        public void begun() {
            // the first script begins with the output
        }

        @Override
        public void printed(byte[] bytes, int offset, int length) {
            synchronized (ScriptSequence.this) {
                if (codes.size() < texts.size()) {
                    texts.get(codes.size()).write(bytes, offset, length);
                }
            }
        }

        @Override
        public void ended(int exitCode, boolean left) {
            synchronized (ScriptSequence.this) {
                codes.add(exitCode);
                if (outputs.stream().allMatch(output -> output.codes.size() > ends.size())) {
                    ends.add(System.nanoTime());
                }
            }
        }

        @Override
        public void closed() {
            // told by the output of the channel
        }
    }
}
