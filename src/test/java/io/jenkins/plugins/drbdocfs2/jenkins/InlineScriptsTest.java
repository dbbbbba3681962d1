package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages, forms and help have no script and no style of their own, which the content security policy of Jenkins forbids. */
class InlineScriptsTest {
    private static final Pattern INLINE =
            Pattern.compile("<script|<style|\\s(style|on[a-z]+)\\s*=|javascript:", Pattern.CASE_INSENSITIVE);

    @Test
    void noPageHasScriptsOrStyles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            List<Path> pages = files.filter(file -> file.toString().matches(".*\\.(jelly|html)"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(200);
            for (Path page : pages) {
                assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(INLINE);
            }
        }
    }
}
