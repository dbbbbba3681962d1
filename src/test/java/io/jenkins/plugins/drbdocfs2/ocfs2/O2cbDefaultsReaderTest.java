package io.jenkins.plugins.drbdocfs2.ocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.RealReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares how we read and write /etc/default/o2cb with how sh reads it. */
class O2cbDefaultsReaderTest {
    private static final Map<String, String> WANTED =
            Map.of("O2CB_ENABLED", "true", "O2CB_BOOTCLUSTER", "web", "O2CB_HEARTBEAT_THRESHOLD", "31");
    private static final String GOOD = "O2CB_ENABLED=true\nO2CB_BOOTCLUSTER=web\nO2CB_HEARTBEAT_THRESHOLD=31\n";

    @TempDir
    private Path directory;

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("as wanted", GOOD),
                Arguments.of("quotes", GOOD.replace("true", "\"true\"").replace("=web", "='w'e\"b\"")),
                Arguments.of("exported and indented", GOOD.replace("O2CB_E", "  export O2CB_E")),
                Arguments.of("comments", "# O2CB_ENABLED=false\n" + GOOD.replace("true", "true # O2CB_ENABLED=false")),
                Arguments.of("no comment without a blank", GOOD.replace("=web", "=web#old")),
                Arguments.of("Windows", GOOD.replace("\n", "\r\n")),
                Arguments.of("Windows, with comments and empty lines", "# c\r\n\r\n" + GOOD.replace("\n", "\r\n")),
                Arguments.of("twice, the last wrong", GOOD + "O2CB_ENABLED=false\n"),
                Arguments.of("twice, the first wrong", "O2CB_ENABLED=false\n" + GOOD),
                Arguments.of("semicolons", GOOD.replace("true", "true;")),
                Arguments.of("two on a line", GOOD.replace("\nO2CB_B", " O2CB_B")),
                Arguments.of("a blank after =", GOOD.replace("=true", "= true")),
                Arguments.of("blanks around =", GOOD.replace("=true", " = true")),
                Arguments.of("no line end", GOOD.strip()),
                Arguments.of("in an if block that is false", "if false; then\n" + GOOD + "fi\n"),
                Arguments.of("in an if block that is true", "if true; then\n" + GOOD + "fi\n"),
                Arguments.of("in a function", "f() {\n" + GOOD + "}\n"),
                Arguments.of("in quotes over several lines", "X='a\n" + GOOD + "b'\n"),
                Arguments.of("after a block", "if [ -f /nowhere ]; then\n  X=1\nfi\n" + GOOD),
                Arguments.of("before a block", GOOD + "if [ -f /nowhere ]; then\n  X=1\nfi\n"),
                Arguments.of("before an included file", GOOD + ". /dev/null\n"),
                Arguments.of("other settings", GOOD + "PATH=$PATH:/opt\nY=$(true)\n"),
                Arguments.of("a continued line", "X=a\\\n" + GOOD),
                Arguments.of("a computed value", GOOD + "O2CB_ENABLED=${NOTHING:-false}\n"),
                Arguments.of("unset", GOOD + "unset O2CB_ENABLED\n"),
                Arguments.of("an early return", "[ -d /nowhere ] || return 0\n" + GOOD),
                Arguments.of("a here document", "cat > /dev/null <<EOF\n" + GOOD + "EOF\n"),
                Arguments.of("read only", "readonly O2CB_ENABLED=false\n" + GOOD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void shReadsTheWrittenValuesOrTheLineIsReported(String layout, String text) throws Exception {
        O2cbDefaults file = new O2cbDefaults(text);
        if (file.unsureLines().isEmpty()) {
            O2cbDefaults written = file.withValues(WANTED);

            assertThat(sh(written.text())).isEqualTo(WANTED);
            assertThat(written.withValues(WANTED)).isEqualTo(written);
        } else {
            assertThat(text)
                    .containsAnyOf("${", "unset", "return", "<<", "readonly", " O2CB_B", " = true", "= true", "\\\n");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void leavesAFileUnchangedOnlyIfShReadsTheWantedValues(String layout, String text) throws Exception {
        boolean unchanged = new O2cbDefaults(text).withValues(WANTED).text().equals(text);

        if (unchanged && new O2cbDefaults(text).unsureLines().isEmpty()) {
            assertThat(sh(text)).isEqualTo(WANTED);
        }
        if (List.of("as wanted", "quotes", "comments", "exported and indented", "semicolons")
                .contains(layout)) {
            assertThat(unchanged).isTrue();
        }
    }

    private Map<String, String> sh(String text) throws Exception {
        Path file = Files.write(directory.resolve("o2cb"), text.getBytes(StandardCharsets.UTF_8));
        String script = ". " + file + " 2> /dev/null\n"
                + "printf '%s|' \"$O2CB_ENABLED\" \"$O2CB_BOOTCLUSTER\" \"$O2CB_HEARTBEAT_THRESHOLD\"";
        String[] output = RealReader.run(Map.of(), List.of("/bin/sh", "-c", script))
                .output()
                .split("\\|", -1);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("O2CB_ENABLED", output[0]);
        values.put("O2CB_BOOTCLUSTER", output.length > 1 ? output[1] : "");
        values.put("O2CB_HEARTBEAT_THRESHOLD", output.length > 2 ? output[2] : "");
        return values;
    }
}
