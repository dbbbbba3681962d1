package io.jenkins.plugins.drbdocfs2.report;

import static io.jenkins.plugins.drbdocfs2.report.SampleResults.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.result.LenientJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostileResultsTest {
    static final String HOSTILE =
            "</pre></style><script>document.title='x'</script><img src=x onerror=\"document.title='y'\">"
                    + "'\"&amp;&#60;]]>-->\u0000\u0007\u001b[31m\u007f\u0085\u2028\u2029\u202e\u2066\u200b\ufeff\ud800\udc00\ud800";

    private static final Set<String> EXPECTED = names(Stream.of(
                    SampleResults.dualPrimary(),
                    SampleResults.failed(),
                    SampleResults.dryRun(),
                    SampleResults.threeNodes(),
                    SampleResults.eachPair(),
                    SampleResults.refused(),
                    SampleResults.cutShort())
            .flatMap(List::stream)
            .toList());

    private static Set<String> names(List<Map<String, Object>> results) {
        return new ReportPage(ReportHtml.render("t", results)).names();
    }

    /** The same tree with hostile text appended to each text and, if requested, to each key. */
    static Object withHostileText(Object value, boolean keys) {
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> withHostileText = map();
            entries.forEach((key, item) ->
                    withHostileText.put(keys ? key + HOSTILE : String.valueOf(key), withHostileText(item, keys)));
            return withHostileText;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(item -> withHostileText(item, keys)).toList();
        }
        return value instanceof String ? value + HOSTILE : value;
    }

    /** Results with hostile values, node names and unknown keys. */
    static List<Map<String, Object>> results() {
        List<Map<String, Object>> results = new ArrayList<>();
        Stream.of(
                        SampleResults.dualPrimary(),
                        SampleResults.failed(),
                        SampleResults.threeNodes(),
                        SampleResults.eachPair(),
                        SampleResults.refused(),
                        SampleResults.cutShort())
                .flatMap(List::stream)
                .forEach(step -> {
                    Map<String, Object> withHostileText = map();
                    step.forEach((key, value) -> withHostileText.put(key, withHostileText(value, false)));
                    Map<String, Object> nodes = map();
                    LenientJson.map(withHostileText.get("nodes"))
                            .forEach((name, node) -> nodes.put(name + HOSTILE, node));
                    withHostileText.put("nodes", nodes);
                    withHostileText.put("unknown" + HOSTILE, withHostileText(step, true));
                    results.add(withHostileText);
                });
        return results;
    }

    @Test
    void escapesHostileText() {
        String html = ReportHtml.render(HOSTILE, results());
        ReportPage page = new ReportPage(html);
        assertThat(page.names()).isSubsetOf(EXPECTED);
        assertThat(html).doesNotContain("<script", "<img").doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");
        assertThat(html).doesNotContainPattern("[\\u2028\\u2029\\u202e\\u2066\\u200b\\ufeff\\p{Cs}]");
        assertThat(page.text("//h1"))
                .endsWith("‹NUL›‹BEL›‹ESC›[31m‹DEL›‹U+0085›‹U+2028›‹U+2029›‹U+202E›‹U+2066›‹U+200B›‹U+FEFF›𐀀‹U+D800›");
        assertThat(page.texts("//th")).anyMatch(text -> text.startsWith("unknown</pre></style><script>"));
    }

    @Test
    void rendersValuesOfUnexpectedTypes() {
        Random random = new Random(42);
        List<String> keys = List.of(
                "step",
                "resource",
                "changed",
                "dryRun",
                "durationMillis",
                "notes",
                "error",
                "nodes",
                "sv1",
                "sv2",
                "role",
                "disk",
                "up",
                "configured",
                "connection",
                "replication",
                "outOfSyncKib",
                "mountPoint",
                "mounted",
                "resources",
                "online",
                "cluster",
                "commands",
                "files",
                "planned",
                "command",
                "exitCode",
                "stdout",
                "diff",
                "path",
                "peers",
                "progress",
                "percent",
                "doing",
                "running",
                "aborted");
        Set<String> names = new TreeSet<>(EXPECTED);
        names.add("@colspan");
        for (int i = 0; i < 40; i++) {
            List<Object> results = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                results.add(random.nextInt(8) == 0 ? odd(random, keys, 5) : oddMap(random, keys, 6));
            }
            @SuppressWarnings("unchecked") // deliberate: JSON files contain such lists
            List<Map<String, Object>> cast = (List<Map<String, Object>>) (List<?>) results;
            assertThat(names(cast)).isSubsetOf(names);
        }
    }

    private static Map<?, ?> oddMap(Random random, List<String> keys, int depth) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = random.nextInt(14); i > 0; i--) {
            map.put(keys.get(random.nextInt(keys.size())), odd(random, keys, depth - 1));
        }
        return map;
    }

    private static Object odd(Random random, List<String> keys, int depth) {
        List<Object> few =
                new ArrayList<>(List.of("Primary", "", HOSTILE, true, false, -1, 1e300, Double.NaN, Long.MIN_VALUE));
        few.add(null);
        few.add(new BigDecimal("1e99999"));
        few.add(new TreeMap<>(Map.of(1, "one")));
        int kind = depth <= 0 ? 2 : random.nextInt(4);
        if (kind == 0) {
            return oddMap(random, keys, depth);
        }
        if (kind == 1) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(odd(random, keys, depth - 1));
            }
            return list;
        }
        return few.get(random.nextInt(few.size()));
    }

    @Test
    void limitsTheDepthOfTrees() {
        Object deep = "bottom";
        for (int i = 0; i < 100_000; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("k", deep);
        }
        assertThat(names(List.of(
                        map("step", deep, "error", deep, "x", deep, "nodes", map("n", deep, "m", map("x", deep))))))
                .contains("svg");
    }
}
