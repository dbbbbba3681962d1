package io.jenkins.plugins.drbdocfs2.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void sentenceNamesParameterValueAndRule() {
        assertThatThrownBy(() -> Check.range("port", 70000, 1, 65535))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("port must be 1 to 65535, but is 70000.")
                .extracting(e -> ((InvalidParameterException) e).parameter())
                .isEqualTo("port");
        assertThatThrownBy(() -> Check.oneOf("type", "x", List.of("a", "b")))
                .hasMessage("type must be one of a, b, but is 'x'.");
        assertThatThrownBy(() -> Check.given("name", null)).hasMessage("name must be given, but is not given.");
        assertThatThrownBy(() -> Check.matches("name", "$(x)", Pattern.compile("\\w+"), "be a word"))
                .hasMessage("name must be a word, but is '$(x)'.");
    }

    @Test
    void valuesAreShortenedAndControlCharactersShown() {
        assertThat(Check.quoted("a\nb\tc\r\u0000\u001b\u202e")).isEqualTo("'a\\nb\\tc\\r\\u0000\\u001b\\u202e'");
        assertThat(Check.quoted("x".repeat(100))).isEqualTo("'" + "x".repeat(80) + "...'");
        assertThat(Check.quoted("ümläut 日本")).isEqualTo("'ümläut 日本'");
    }

    @Test
    void validValuesAreReturned() {
        assertThat(Check.range("port", 7789, 1, 65535)).isEqualTo(7789);
        assertThat(Check.atLeast("threshold", 7, 7)).isEqualTo(7);
        assertThat(Check.given("name", "x")).isEqualTo("x");
    }

    @Test
    void formatErrorsNameThePosition() {
        assertThat(new TextFormatException(3, 7, "bad").getMessage()).isEqualTo("line 3, column 7: bad");
        assertThat(new TextFormatException(3, 0, "bad").getMessage()).isEqualTo("line 3: bad");
        assertThat(new TextFormatException("bad").getMessage()).isEqualTo("bad");
    }
}
