package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The views of the actions, which only Jenkins renders: all properties that they use must exist. */
class ReportViewsTest {
    private static String text(Class<?> action, String name) throws Exception {
        try (InputStream in = action.getResourceAsStream(action.getSimpleName() + "/" + name + ".jelly")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Element> elements(String text) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(text)));
        NodeList all = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static boolean hasProperty(Class<?> action, String name) {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Stream.of(action.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .map(Method::getName)
                .anyMatch(method -> method.equals("get" + capital) || method.equals("is" + capital));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "summary"})
    void viewsOfABuildEscapeAndUseOnlyExistingProperties(String view) throws Exception {
        check(ReportAction.class, view);
    }

    @Test
    void viewOfAJobEscapesAndUsesOnlyExistingProperties() throws Exception {
        check(JobClusterAction.class, "index");
    }

    private static void check(Class<?> action, String view) throws Exception {
        String text = text(action, view);
        assertThat(text).startsWith("<?jelly escape-by-default='true'?>");
        assertThat(elements(text))
                .noneMatch(element -> List.of("script", "style").contains(element.getTagName()));
        assertThat(Pattern.compile("\\bit\\.([a-zA-Z]+)")
                        .matcher(text)
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .isNotEmpty()
                .allMatch(name -> hasProperty(action, name));
        for (Element element : elements(text)) {
            if (element.getTagName().equals("st:adjunct")) {
                String path = "/" + element.getAttribute("includes").replace('.', '/');
                assertThat(ReportAction.class.getResource(path + ".css")).isNotNull();
                assertThat(ReportAction.class.getResource(path + ".js")).isNotNull();
            }
        }
    }
}
