package io.jenkins.plugins.drbdocfs2.operation.describe;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroovyTextTest {
    private static Object evaluated(String groovy) {
        return new GroovyShell().evaluate(groovy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "it's",
                "'''",
                "\\",
                "\\\\",
                "\\n is no line end",
                "C:\\users\\u0041",
                "\\u000a'; evil(); '",
                "\\\\u0041",
                "$HOME ${1 + 1}",
                "a \"word\"",
                "tab\tand\rreturn",
                "two\nlines",
                "ü € 😀",
                "\u0000\u0007\u202e\u2028\ufeff"
            })
    void groovyReadsBackTheText(String text) {
        assertThat(evaluated(GroovyText.quoted(text))).isEqualTo(text);
        assertThat(GroovyText.quoted(text)).doesNotContain("\n", "\r");
        assertThat(evaluated(GroovyText.of(List.of(Map.of("key", text))))).isEqualTo(List.of(Map.of("key", text)));
    }

    @Test
    void groovyReadsBackTheLinesOfATextWithTheirIndentation() {
        String text = "net {\n  handler \"it's '''$x''' \\u000a \\\\ end\";\n\n}\n";
        assertThat(evaluated(GroovyText.lines(text, "  ", "")))
                .isEqualTo("\n  net {\n    handler \"it's '''$x''' \\u000a \\\\ end\";\n\n  }\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u000aevil()", "a\nevil()", "a\revil()", "\\\\u000aevil()", "a\u2028evil()", "\\uu000aevil()"})
    void aCommentNeverEndsEarly(String text) {
        String comment = String.join("\n", GroovyText.comment(text)) + "\n"
                + GroovyText.commented("x('" + text + "')").lines().collect(Collectors.joining("\n//"))
                + "\n'done'";
        assertThat(evaluated(comment)).isEqualTo("done");
    }

    @Test
    void wrapsLongComments() {
        List<String> lines = GroovyText.comment("word ".repeat(100));
        assertThat(lines)
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("// word").hasSizeLessThan(115));
    }
}
