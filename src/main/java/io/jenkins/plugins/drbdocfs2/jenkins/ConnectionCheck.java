package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.AbortException;
import hudson.util.FormValidation;
import io.jenkins.plugins.drbdocfs2.engine.ConnectionTest;
import io.jenkins.plugins.drbdocfs2.engine.ConnectionTest.Verdict;
import io.jenkins.plugins.drbdocfs2.engine.SshCluster;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import io.jenkins.plugins.drbdocfs2.remote.ssh.SshSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The connection test of a configured cluster: from the controller, in limited time, and without changes. */
final class ConnectionCheck {
    private static final Duration MAX_CONNECT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ConnectionCheck() {}

    /**
     * Tests the connection to each node of a cluster.
     *
     * @param name the name of the saved cluster
     */
    static FormValidation of(String name) throws InterruptedException {
        ClusterSession session;
        Map<String, Login> logins;
        try {
            session = ClusterSession.of(ClusterConfiguration.get().cluster(name), true, null, false, null);
            logins = Logins.ofJenkins(session);
        } catch (IllegalArgumentException | AbortException e) {
            return FormValidation.error(e.getMessage() + " (the test uses the saved cluster: press Apply first)");
        }
        try {
            return validation(Background.call(() -> findings(session, logins), LIMIT));
        } catch (TimeoutException e) {
            return FormValidation.error("The nodes did not answer within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return FormValidation.error(e.getCause(), "The connection test failed: " + e.getCause());
        }
    }

    private static List<Verdict> findings(ClusterSession session, Map<String, Login> logins)
            throws InterruptedException {
        Duration given = Duration.ofSeconds(session.getConnectTimeoutSeconds());
        SshSettings settings = SshSettings.DEFAULT
                .withConnectTimeout(given.compareTo(MAX_CONNECT) < 0 ? given : MAX_CONNECT)
                .withSudo(session.isSudo());
        try {
            return ConnectionTest.with(SshCluster.open(
                    session.getId(),
                    session.getNodes(),
                    logins,
                    session.getHostKeys().toHostKeys(),
                    settings));
        } finally {
            SshCluster.close(session.getId());
        }
    }

    private static FormValidation validation(List<Verdict> findings) {
        return FormValidation.aggregate(findings.stream()
                .map(finding ->
                        finding.good() ? FormValidation.ok(finding.text()) : FormValidation.error(finding.text()))
                .toList());
    }
}
