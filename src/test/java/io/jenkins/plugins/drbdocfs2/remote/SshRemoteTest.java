package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SshRemoteTest {
    private final TestServer server = new TestServer();
    private SshRemote remote;

    @BeforeEach
    void start() throws Exception {
        server.start();
        remote = server.remote();
    }

    @AfterEach
    void stop() throws Exception {
        remote.close();
        server.close();
    }

    @Test
    void tellsExitCodeAndBothOutputs() throws Exception {
        Answer answer = remote.run(Script.of("echo out; echo err >&2; exit 3"));
        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.stdout()).isEqualTo("out\n");
        assertThat(answer.stderr()).isEqualTo("err\n");
        assertThat(answer.ok()).isFalse();
    }
}
