package io.jenkins.plugins.drbdocfs2.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static final String SECRET = "it's a \"secret\" of $5 & `more`+/\\ä";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hidesASecretPlainAndQuoted() {
        Mask mask = new Mask(List.of(SECRET));
        assertThat(mask.apply("a " + SECRET + " b " + SECRET)).isEqualTo("a ******** b ********");
        assertThat(mask.apply("'" + SECRET.replace("'", "'\\''") + "'")).isEqualTo("'********'");
        assertThat(mask.apply("'" + SECRET.replace("'", "'\"'\"'") + "'")).isEqualTo("'********'");
        String inDoubleQuotes = SECRET.replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(mask.apply('"' + inDoubleQuotes + '"')).isEqualTo("\"********\"");
        assertThat(mask.apply(inDoubleQuotes.replace("$", "\\$").replace("`", "\\`")))
                .isEqualTo("********");
        assertThat(mask.apply("?p=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isEqualTo("?p=********");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "root:", "a longer text before it"})
    void hidesASecretInBase64AtAnyOffset(String before) {
        for (String secret : List.of(SECRET, "secret", "gg??>>~~gg", "Pässwörd")) {
            Mask mask = new Mask(List.of(secret));
            for (String after : List.of("", "\n", ".x", " and a longer text")) {
                String encoded = base64(before + secret + after);
                String rest = mask.apply(encoded);
                assertThat(rest).contains("********");
                assertThat(rest.replace("********", "").length())
                        .as("what is left of %s in %s", encoded, rest)
                        .isLessThanOrEqualTo(
                                base64(before).length() + base64(after).length() + 3);
                assertThat(mask.apply(encoded.replace('+', '-').replace('/', '_')))
                        .contains("********");
            }
        }
    }

    @Test
    void hidesEachLineOfAPrivateKey() {
        String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nBG5vbmUAAAAEbm9uZQ\n"
                + "-----END OPENSSH PRIVATE KEY-----\n";
        Mask mask = Mask.of(Set.of(new Login("id", "root", List.of(key), "the passphrase", null)));
        assertThat(mask.apply("sv1| b3BlbnNzaC1rZXktdjEAAAAA")).isEqualTo("sv1| ********");
        assertThat(mask.apply(key)).doesNotContain("b3Blbn", "BG5vb");
        assertThat(mask.apply("-----BEGIN OPENSSH PRIVATE KEY-----")).startsWith("-----BEGIN");
        assertThat(mask.apply("the passphrase")).isEqualTo("********");
    }

    @Test
    void hidesALongerSecretThatContainsAShorterOne() {
        assertThat(new Mask(List.of("abc", "abcdef")).apply("xabcdefx")).isEqualTo("x********x");
        assertThat(new Mask(List.of("abcdef")).then(new Mask(List.of("abc"))).apply("xabcdefx"))
                .isEqualTo("x********x");
    }

    @Test
    void hidesUnknownSharedSecretsOfDrbd() {
        assertThat(new Mask(List.of()).apply("net { shared-secret \"x y\"; }"))
                .isEqualTo("net { shared-secret ********; }");
    }

    @Test
    void leavesOtherTextUnchanged() {
        Mask mask = new Mask(java.util.Arrays.asList(null, "", "secret"));
        assertThat(mask.apply("drbdadm up r0")).isEqualTo("drbdadm up r0");
        assertThat(new Mask(Collections.emptyList()).apply("")).isEmpty();
    }
}
