package io.jenkins.plugins.drbdocfs2.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private final List<String> seen = new ArrayList<>();
    private final LineSplitter lines = new LineSplitter(seen::add);

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.write(bytes, 0, bytes.length);
    }

    @Test
    void passesOnWholeLines() {
        write("on");
        write("e\n\ntw");
        assertThat(seen).containsExactly("one", "");
        write("o\nthree");
        lines.end();
        assertThat(seen).containsExactly("one", "", "two", "three");
    }

    @Test
    void passesOnNothingAfterTheLastLineEnd() {
        write("one\n");
        lines.end();
        assertThat(seen).containsExactly("one");
    }

    @Test
    void splitsLongLinesBetweenCharacters() {
        String line = "€".repeat(50_000);
        write(line + "\nnext\n");
        assertThat(String.join("", seen.subList(0, seen.size() - 1))).isEqualTo(line);
        assertThat(seen).hasSize(4).last().isEqualTo("next");
        assertThat(seen).allMatch(piece -> piece.getBytes(StandardCharsets.UTF_8).length <= LineSplitter.MAX_LINE);
    }

    @Test
    void passesNothingMoreToAConsumerThatThrew() {
        LineSplitter once = new LineSplitter(line -> {
            seen.add(line);
            throw new IllegalStateException("enough");
        });
        byte[] bytes = "one\ntwo\nthr".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> once.write(bytes, 0, bytes.length)).hasMessage("enough");
        once.write(bytes, 0, bytes.length);
        once.end();
        assertThat(seen).containsExactly("one");
    }
}
