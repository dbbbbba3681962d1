package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has every message that the source can make, and none that it cannot. */
class TroubleshootingTest {
    private static final Collection<Messages.Message> MESSAGES = Messages.all();

    @Test
    void everyMessageHasARow() throws IOException {
        List<Troubleshooting.Row> rows = Troubleshooting.rows();

        List<String> missing = MESSAGES.stream()
                .filter(message -> !message.isNote())
                .filter(message -> rows.stream().noneMatch(row -> row.means(message.text())))
                .map(message -> message.places() + " | `" + message.text() + "` | WHAT IT MEANS | WHAT TO DO |")
                .toList();

        assertThat(missing)
                .as("messages without a row in docs/troubleshooting.md. Add one to the table of its area; write what"
                        + " stands for " + Texts.HOLE + " in angle brackets, such as <device>")
                .isEmpty();
    }

    @Test
    void everyRowIsAboutAMessageThatThereIs() throws IOException {
        List<String> stale = Troubleshooting.rows().stream()
                .filter(row -> MESSAGES.stream().noneMatch(message -> row.means(message.text())))
                .map(row -> "line " + row.line() + ": " + row.text())
                .toList();

        assertThat(stale)
                .as("rows of docs/troubleshooting.md whose message the source does not make any more. Write it as the"
                        + " source has it now, or take the row out")
                .isEmpty();
    }

    @Test
    void everyRowSaysWhatTheMessageMeansAndWhatToDo() throws IOException {
        assertThat(Troubleshooting.rows()).allSatisfy(row -> assertThat(row.cells())
                .as("the cells of line " + row.line() + " of docs/troubleshooting.md: message, meaning, what to do")
                .hasSize(3)
                .noneMatch(String::isEmpty));
    }
}
