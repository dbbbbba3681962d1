package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.drbdocfs2.support.ShellCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShTest {
    private static final String NASTY =
            "'\"\\`$(){}[]<>|&;*?!~#%^=:,.@+-_/ \t\r\n\u0001\u001b\u007fäß€\ud83d\ude00aZ09";

    @ParameterizedTest
    @ValueSource(strings = {"r0", "/dev/drbd0", "a_b-c.d", "10.0.0.1:7789", "50%", "a=b", "x@y", "1,2+3"})
    void leavesPlainWordsUnquoted(String word) {
        assertThat(Sh.quote(word)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "'", "$(reboot)", "a\nb", "*", "~", "#", "!"})
    void quotesAllOtherWords(String word) {
        assertThat(Sh.quote(word)).startsWith("'").endsWith("'");
    }

    @Test
    void escapesASingleQuote() {
        assertThat(Sh.quote("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void refusesNul() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sh.quote("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Script.of("a\0b"));
    }

    @Test
    void joinsWordsToACommand() {
        assertThat(Sh.command("echo", "a b", "$x")).isEqualTo("echo 'a b' '$x'");
    }

    @Test
    void shellReadsQuotedWordsUnchanged() throws Exception {
        List<String> words = words(new Random(20261122));
        String script =
                words.stream().map(word -> "printf '%s\\0' " + Sh.quote(word)).collect(Collectors.joining("\n"));
        Process sh =
                new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
        Thread feed = new Thread(() -> ShellCommand.print(sh.getOutputStream(), script + "\nexit\n"));
        feed.start();
        String printed = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feed.join();
        assertThat(List.of(printed.split("\0", -1))).containsExactlyElementsOf(withEnd(words));
    }

    private static List<String> words(Random random) {
        List<String> words =
                new ArrayList<>(NASTY.codePoints().mapToObj(Character::toString).toList());
        words.add("");
        int[] points = NASTY.codePoints().toArray();
        for (int i = 0; i < 2000; i++) {
            words.add(random.ints(random.nextInt(12), 0, points.length)
                    .mapToObj(at -> Character.toString(points[at]))
                    .collect(Collectors.joining()));
        }
        return words;
    }

    private static List<String> withEnd(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add("");
        return all;
    }
}
