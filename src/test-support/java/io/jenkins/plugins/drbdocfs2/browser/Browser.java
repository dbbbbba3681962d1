package io.jenkins.plugins.drbdocfs2.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The browser for the tests of a class: starts before the first and ends after the last. Without an installed browser the
 * class is skipped. Use it in a static field with {@code @RegisterExtension}.
 */
public final class Browser implements BeforeAllCallback, AfterAllCallback {
    private Path directory;
    private Chromium chromium;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue(Chromium.isThere(), "there is no /usr/bin/chromium");
        directory = Files.createTempDirectory("browser");
        chromium = Chromium.start(directory);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * A new, empty page.
     *
     * @param width the width of the window in pixels
     * @param height its height
     * @param dark whether the user prefers dark
     */
    public BrowserPage page(int width, int height, boolean dark) {
        return chromium.page().looks(width, height, dark);
    }
}
