package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/steps.md matches the help files and the step classes. */
class StepsManualTest {
    @Test
    void everyStepIsInTheManual() {
        assertThat(StepsManual.CHAPTERS.values().stream().flatMap(List::stream))
                .as("the steps in StepsManual.CHAPTERS, which says where each stands in docs/steps.md")
                .containsExactlyInAnyOrderElementsOf(
                        Components.steps().stream().map(Component::name).toList());
    }

    @Test
    void manualMatchesTheHelp() throws IOException {
        String made = StepsManual.make();
        if ("write".equals(System.getProperty("manual"))) {
            Files.writeString(StepsManual.FILE, made);
        }
        assertThat(firstDifference(
                        Files.readAllLines(StepsManual.FILE), made.lines().toList()))
                .as("docs/steps.md is out of date. Do not edit it; run: " + StepsManual.COMMAND)
                .isNull();
    }

    private static String firstDifference(List<String> has, List<String> made) {
        for (int i = 0; i < Math.max(has.size(), made.size()); i++) {
            String old = i < has.size() ? has.get(i) : "(its end)";
            String now = i < made.size() ? made.get(i) : "(its end)";
            if (!old.equals(now)) {
                return "line " + (i + 1) + " is: " + old + "\nand would be: " + now;
            }
        }
        return null;
    }
}
