package io.jenkins.plugins.drbdocfs2.jenkins;

import io.jenkins.plugins.drbdocfs2.report.OutputLinks;
import io.jenkins.plugins.drbdocfs2.result.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** URLs of outputs below the page of the report, and their content. */
final class ReportLinks implements OutputLinks {
    private static final Set<String> STREAMS = Set.of("command", "stdout", "stderr");

    @Override
    public String step(int step) {
        return "output?step=" + step;
    }

    @Override
    public String output(int step, String node, int command, String stream) {
        return step(step) + "&node=" + URLEncoder.encode(node, StandardCharsets.UTF_8) + "&command=" + command
                + "&stream=" + stream;
    }

    /** The text at such a URL, if there is one. */
    static Optional<String> find(
            List<Map<String, Object>> steps, String step, String node, String command, String stream) {
        Optional<?> result = item(steps, step);
        if (node == null) {
            return result.map(Json::write);
        }
        return result.map(map -> get(map, "nodes"))
                .map(nodes -> get(nodes, node))
                .map(found -> get(found, "commands"))
                .flatMap(commands -> item(commands, command))
                .filter(found -> stream != null && STREAMS.contains(stream))
                .map(found -> get(found, stream))
                .map(String::valueOf);
    }

    /** A number in a URL; 0 if it is not a number. */
    static long number(String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Optional<?> item(Object list, String number) {
        long index = number(number) - 1;
        boolean there = list instanceof List<?> items && index >= 0 && index < items.size();
        return there ? Optional.ofNullable(((List<?>) list).get((int) index)) : Optional.empty();
    }

    private static Object get(Object map, String key) {
        return map instanceof Map<?, ?> entries ? entries.get(key) : null;
    }
}
