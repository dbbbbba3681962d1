package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.drbdocfs2.runner.credentials.FileCredentials;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unusable credentials are reported before a connection is made. */
class LoginsTest {
    private final FileCredentials store = new FileCredentials(List.of(new SecretText()));

    @TempDir
    private Path directory;

    /** A kind of credentials without a user, like that of the plugin plain-credentials. */
    private static final class SecretText implements StandardCredentials {
        private static final long serialVersionUID = 1L;

        @Override
        public String getId() {
            return "text";
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public CredentialsScope getScope() {
            return CredentialsScope.GLOBAL;
        }

        @Override
        public CredentialsDescriptor getDescriptor() {
            return new CredentialsDescriptor(SecretText.class) {
                @Override
                public String getDisplayName() {
                    return "Secret text";
                }
            };
        }
    }

    @BeforeEach
    void keep() {
        ExtensionList.lookup(CredentialsProvider.class).add(store);
    }

    @AfterEach
    void forget() {
        ExtensionList.lookup(CredentialsProvider.class).remove(store);
    }

    private String log(String credentials) throws Exception {
        TestBuild build = new TestBuild(directory);
        Result result = build.run(
                """
                withClusterNodes(nodes: [[name: 'sv1', host: 'sv1.example.org']]%s) {
                    clusterCheck()
                }
                """
                        .formatted(credentials));
        assertThat(result).isEqualTo(Result.FAILURE);
        return build.log();
    }

    @Test
    void errorForCredentialsOfTheWrongKindNamesTheirIdAndTheExpectedKinds() throws Exception {
        assertThat(log(", credentialsId: 'text'"))
                .contains("The credentials 'text' for the node sv1 are of the kind 'Secret text', which SSH cannot"
                        + " use. Expected: SSH Username with private key, or Username with password");
    }

    @Test
    void errorForMissingCredentialsNamesTheirIdAndTheExpectedKinds() throws Exception {
        assertThat(log(", credentialsId: 'nobody'"))
                .contains(
                        "There are no credentials 'nobody' that this build may use for the node sv1 (sv1.example.org)."
                                + " Expected: SSH Username with private key, or Username with password");
        assertThat(log("")).contains("There are no credentials for the node sv1: set credentialsId");
    }
}
