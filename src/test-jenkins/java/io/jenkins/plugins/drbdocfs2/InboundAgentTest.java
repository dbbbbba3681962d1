package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey.DirectEntryPrivateKeySource;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.support.SshNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps on an inbound agent, which log in with a key and its passphrase. */
@WithJenkins
@Timeout(300)
class InboundAgentTest {
    private static final String PASSPHRASE = "pass 'phrase' of the key";

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private static String privateKey(KeyPair key) throws JSchException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        key.writeOpenSSHv1PrivateKey(text, PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.US_ASCII);
    }

    private static void addCredentials(KeyPair key, String passphrase) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().clear();
        store.getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL,
                        Nodes.CREDENTIALS,
                        SshNode.USER,
                        new DirectEntryPrivateKeySource(privateKey(key)),
                        passphrase,
                        "nodes"));
        store.save();
    }

    @Test
    void agentLogsInWithAKeyAndItsPassphrase(JenkinsRule r) throws Exception {
        KeyPair key = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        try (SshNode sv1 = new SshNode("sv1")) {
            sv1.authorize("ssh-rsa " + Base64.getEncoder().encodeToString(key.getPublicKeyBlob()));
            agents.createAgent(
                    r,
                    InboundAgentExtension.Options.newBuilder()
                            .name("inbound")
                            .label("storage")
                            .webSocket()
                            .build());
            try {
                WorkflowJob job = r.createProject(WorkflowJob.class);
                job.setDefinition(new CpsFlowDefinition(
                        "node('storage') {\n"
                                + Nodes.block("echo 'it is ' + clusterExec('uname -n').nodes.sv1.stdout", sv1) + "}",
                        true));
                addCredentials(key, PASSPHRASE);
                WorkflowRun run = r.buildAndAssertStatus(Result.SUCCESS, job);
                assertThat(JenkinsRule.getLog(run))
                        .contains("Running on inbound")
                        .containsSubsequence("sv1| sv1", "changed on sv1", "it is sv1")
                        .doesNotContain(PASSPHRASE);
                sv1.awaitNoConnection();

                addCredentials(key, "another");
                WorkflowRun refused = r.buildAndAssertStatus(Result.FAILURE, job);
                assertThat(JenkinsRule.getLog(refused))
                        .contains("passphrase", Nodes.CREDENTIALS)
                        .doesNotContain("another", "Exception");
                assertThat(sv1.logins()).isEqualTo(1);
            } finally {
                agents.stop(r, "inbound");
            }
        }
    }
}
