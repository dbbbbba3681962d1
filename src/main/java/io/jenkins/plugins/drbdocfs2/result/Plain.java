package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results in types that a sandboxed Pipeline may use and a controller restart keeps. */
final class Plain {
    private Plain() {}

    /** The same data in LinkedHashMap, ArrayList, String, Number and Boolean, whatever kinds of them they were in. */
    static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Iterable<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(copy(item)));
            return list;
        }
        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
        return plain ? value : value.toString();
    }

    /** As {@link #copy}, for a map. */
    static Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item)));
        return copy;
    }
}
