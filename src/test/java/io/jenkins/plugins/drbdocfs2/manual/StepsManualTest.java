package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/steps.md is what the help files and the step classes say. */
class StepsManualTest {
    @Test
    void everyStepHasItsPlaceInTheManual() {
        assertThat(StepsManual.CHAPTERS.values().stream().flatMap(List::stream))
                .as("the steps in StepsManual.CHAPTERS, which says where each stands in docs/steps.md")
                .containsExactlyInAnyOrderElementsOf(
                        Components.steps().stream().map(Component::name).toList());
    }

    @Test
    void manualIsMadeOfTheHelpAsItIsNow() throws IOException {
        String made = StepsManual.make();
        if ("write".equals(System.getProperty("manual"))) {
            Files.writeString(StepsManual.FILE, made);
        }
        assertThat(Files.readString(StepsManual.FILE))
                .as("docs/steps.md is out of date. Do not edit it; run: " + StepsManual.COMMAND)
                .isEqualTo(made);
    }
}
