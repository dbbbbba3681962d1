package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Results in types that a sandboxed Pipeline may use and that survive a restart of the controller. */
final class PlainValues {
    private PlainValues() {}

    /**
     * The same data as LinkedHashMap, ArrayList, String, Number and Boolean.
     *
     * @param text converts each text; keys of maps stay unchanged
     */
    static Object copy(Object value, UnaryOperator<String> text) {
        if (value instanceof Map<?, ?> map) {
            return map(map, text);
        }
        if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(copy(item, text)));
            return list;
        }
        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
        return plain ? value : text.apply(value.toString());
    }

    /** Like {@link #copy}, for a map. */
    static Map<String, Object> map(Map<?, ?> map, UnaryOperator<String> text) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item, text)));
        return copy;
    }
}
