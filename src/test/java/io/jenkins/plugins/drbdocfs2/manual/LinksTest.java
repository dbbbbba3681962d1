package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The link targets of the README and the manuals exist. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");

    static Stream<Path> manuals() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<Path> others = List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("lab/README.md"));
            return Stream.concat(
                    others.stream(), docs.filter(file -> file.toString().endsWith(".md")).toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("manuals")
    void linkTargetsExist(Path manual) throws IOException {
        Matcher link = LINK.matcher(Files.readString(manual));
        while (link.find()) {
            if (link.group(1).startsWith("http")) {
                continue;
            }
            Path target = link.group(1).isEmpty()
                    ? manual
                    : manual.resolveSibling(link.group(1)).normalize();
            assertThat(target).as("the link " + link.group() + " in " + manual).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target))
                        .as("the headings of " + target + ", to which " + link.group() + " in " + manual + " leads")
                        .contains(link.group(2));
            }
        }
    }

    /** The anchor of a heading on GitHub. */
    private static List<String> anchors(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .toList();
    }
}
