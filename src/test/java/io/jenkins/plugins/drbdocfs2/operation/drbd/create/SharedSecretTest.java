package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.operation.guard.Overwrite;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
    @Test
    void addsANetSectionWithAnAlgorithm() {
        assertThat(new SharedSecret("s3cret").into(null))
                .isEqualTo("net {\n  cram-hmac-alg sha256;\n  shared-secret s3cret;\n}\n");
    }

    @Test
    void joinsAnExistingNetSectionAndKeepsItsAlgorithm() {
        assertThat(new SharedSecret("two \"words\"")
                        .into("net { cram-hmac-alg sha1; max-buffers 8000; } disk { on-io-error detach; }"))
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
    void refusesASecondSecretAndDoesNotPrintIt() {
        assertThatThrownBy(() -> new SharedSecret("s3cret").into("net { shared-secret \"0ther\"; }"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("sharedSecretCredentialsId")
                .hasMessageNotContainingAny("0ther", "s3cret");
    }

    @Test
    void keepsUnreadableOptionsForTheirOwnCheck() {
        assertThat(new SharedSecret("s3cret").into("net {")).isEqualTo("net {");
    }

    @Test
    void operationDoesNotPrintIt() {
        ResourceSpec spec = new ResourceSpec(
                "r0",
                List.of(),
                List.of(),
                null,
                7789,
                "C",
                false,
                "net { max-buffers 8000; }",
                new SharedSecret("s3cret"));
        assertThat(new DrbdCreateResource(spec, Overwrite.parse(null), false, PeerLossPolicy.CONTINUE).toString())
                .contains("max-buffers")
                .doesNotContain("s3cret");
        assertThat(spec.secrets()).containsExactly("s3cret");
    }
}
