package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTextTest {
    private static final String TEXT =
            """
            resource r0 {
              # comment { ; "
              net { cram-hmac-alg sha1; shared-secret "a \\"b\\" \\\\ # ; }"; }
              on sv1 { address ipv6 [fd00::1]:7789; } # end
              handlers { split-brain "/usr/lib/drbd/notify.sh root"; }
              startup { }
            }
            """;

    @Test
    void readsSectionsStatementsAndQuotes() {
        ConfigText text = ConfigText.parse(TEXT);
        ConfigText.Section resource = (ConfigText.Section) text.items().get(0);
        assertThat(resource.items())
                .extracting(ConfigText.Item::name)
                .containsExactly("net", "on", "handlers", "startup");
        ConfigText.Section net = (ConfigText.Section) resource.items().get(0);
        assertThat(((ConfigText.Statement) net.items().get(1)).value()).isEqualTo("a \"b\" \\ # ; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, "", "a;", "a{}", "a b{c d;e{f;}}", "\r\n a\tb ;\r\n"})
    void parserReadsWhatTheRendererWrites(String text) {
        ConfigText parsed = ConfigText.parse(text);
        assertThat(ConfigText.parse(parsed.render())).isEqualTo(parsed);
        assertThat(ConfigText.parse(parsed.render()).render()).isEqualTo(parsed.render());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net { a b }|line 1, column 7: the statement 'a' is not ended by ';'",
                "net { a;|line 1, column 1: the section 'net' is not closed by '}'",
                "}|line 1, column 1: a '}' that closes nothing",
                "a $(x);|line 1, column 3: '$' has to be in quotes",
                "{ a; }|line 1, column 1: a '{' without a word before it",
                "a; ;|line 1, column 4: a ';' without a word before it",
                "a \"b;|line 1, column 3: the quotes are not closed on this line"
            })
    void errorsNameLineAndColumn(String text, String message) {
        assertThatThrownBy(() -> ConfigText.parse(text))
                .isInstanceOf(TextFormatException.class)
                .hasMessage(message);
    }

    @Test
    void countsLinesAndColumns() {
        assertThatThrownBy(() -> ConfigText.parse("net {\n  # x\n  a `b`;\n}\n"))
                .hasMessage("line 3, column 5: '`' has to be in quotes");
    }

    @Test
    void appliesTheLimitsOfTheScanner() {
        assertThat(ConfigText.parse("x".repeat(128) + " \"" + "y".repeat(255) + "\";"))
                .isNotNull();
        assertThatThrownBy(() -> ConfigText.parse("x".repeat(129) + ";")).hasMessageContaining("128");
        assertThatThrownBy(() -> ConfigText.parse("x \"" + "y".repeat(256) + "\";"))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> ConfigText.parse("a {".repeat(10_000))).hasMessageContaining("deep");
    }

    @Test
    void readsOrRefusesEveryTruncatedText() {
        Recorded.onEachCut(TEXT, TextFormatException.class, ConfigText::parse);
    }

    @Test
    void masksSecretsEverywhere() {
        assertThat(ConfigText.parse(TEXT).toString())
                .contains("shared-secret ********;")
                .doesNotContain("a \\\"b", "\"b\"");
        String mask = "********";
        assertThat(SharedSecretMask.apply("shared-secret \"a \\\"b\\\" c\";\nx"))
                .isEqualTo("shared-secret " + mask + ";\nx");
        assertThat(SharedSecretMask.apply("shared-secret abc;")).isEqualTo("shared-secret " + mask + ";");
        assertThat(SharedSecretMask.apply("drbdsetup net-options r0 --shared-secret=abc --x=y"))
                .isEqualTo("drbdsetup net-options r0 --shared-secret=" + mask + " --x=y");
        assertThat(SharedSecretMask.apply("--shared-secret=a\\ b\\\"c\\'d\\\\e\\;f\\$g\\`h --x"))
                .isEqualTo("--shared-secret=" + mask + " --x");
        assertThat(SharedSecretMask.apply("--shared-secret='a b'")).doesNotContain("a b");
        assertThat(SharedSecretMask.apply("<option name=\"shared-secret\" value=\"abc\"/>"))
                .doesNotContain("abc");
        assertThat(SharedSecretMask.apply("-  shared-secret\tabc;\n+  shared-secret def;"))
                .doesNotContain("abc", "def");
        assertThat(SharedSecretMask.apply("shared-secret \"cut off")).doesNotContain("cut");
    }
}
