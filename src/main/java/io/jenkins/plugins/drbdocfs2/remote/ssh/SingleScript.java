package io.jenkins.plugins.drbdocfs2.remote.ssh;

import io.jenkins.plugins.drbdocfs2.remote.Script;
import io.jenkins.plugins.drbdocfs2.remote.ScriptOutput;
import io.jenkins.plugins.drbdocfs2.remote.ScriptResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One script that is sent by itself. */
final class SingleScript implements SentScript {
    private final Script script;
    private final List<ScriptOutput> outputs;

    /** @param lines receives the lines of the standard output, or null */
    SingleScript(Script script, Consumer<String> lines) {
        this.script = script;
        this.outputs =
                List.of(new ScriptOutput(script.outputLimit(), lines), new ScriptOutput(script.outputLimit(), null));
    }

    @Override
    public String text() {
        return script.text();
    }

    @Override
    public void printed(int output, byte[] bytes, int offset, int length) {
        outputs.get(output).write(bytes, offset, length);
    }

    @Override
    public void ended(int output) {
        outputs.get(output).end();
    }

    @Override
    public Duration limit() {
        return script.timeout();
    }

    @Override
    public Optional<ScriptResult> result(int exitCode, long millis) {
        ScriptOutput stdout = outputs.get(STDOUT);
        return Optional.of(
                new ScriptResult(exitCode, stdout.text(), outputs.get(STDERR).text(), millis, stdout.isCut()));
    }
}
