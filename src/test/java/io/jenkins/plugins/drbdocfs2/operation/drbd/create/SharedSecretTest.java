package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
    @Test
    void withoutOptionsItStandsInASectionOfItsOwnWithAnAlgorithm() {
        assertThat(SharedSecret.into(null, "s3cret"))
                .isEqualTo("net {\n  cram-hmac-alg sha256;\n  shared-secret s3cret;\n}\n");
    }

    @Test
    void joinsTheSectionNetThatTheOptionsHaveAndTheirAlgorithm() {
        assertThat(SharedSecret.into(
                        "net { cram-hmac-alg sha1; max-buffers 8000; } disk { on-io-error detach; }", "two \"words\""))
                .isEqualTo(
                        """
                        disk {
                          on-io-error detach;
                        }
                        net {
                          cram-hmac-alg sha1;
                          max-buffers 8000;
                          shared-secret "two \\"words\\"";
                        }
                        """);
    }

    @Test
    void secondSecretIsRefusedAndNotShown() {
        assertThatThrownBy(() -> SharedSecret.into("net { shared-secret \"0ther\"; }", "s3cret"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("sharedSecretCredentialsId")
                .hasMessageNotContainingAny("0ther", "s3cret");
    }

    @Test
    void whatCannotBeReadIsLeftToTheCheckOfTheOptions() {
        assertThat(SharedSecret.into("net {", "s3cret")).isEqualTo("net {");
    }
}
