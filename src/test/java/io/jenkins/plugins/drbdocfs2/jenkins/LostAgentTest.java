package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import java.io.EOFException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LostAgentTest {
    private static final AbortException ERROR = OperationRun.agentGone();

    /** If it cannot, the log has a long stack trace around the message. */
    @Test
    void jenkinsCanSaveTheError() {
        // Jenkins opens java.io, but not java.nio, to XStream: the Add-Opens of its war
        assertThat(Stream.iterate((Throwable) ERROR, error -> error != null, Throwable::getCause))
                .extracting(error -> error.getClass().getPackageName())
                .containsOnly("hudson", "java.io");
    }

    @Test
    void retryWithTheConditionAgentTriesAgain() {
        // one of the causes that AgentErrorCondition of the plugin workflow-durable-task-step looks for
        assertThat(ERROR).hasCauseInstanceOf(EOFException.class);
    }
}
