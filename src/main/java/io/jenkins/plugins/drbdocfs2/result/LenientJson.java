package io.jenkins.plugins.drbdocfs2.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads results that may come from another version or be edited by hand; it returns a value for any input. */
public final class LenientJson {
    private static final int DEEPEST = 6;

    private LenientJson() {}

    /** The value as a map with text keys; empty if it is not a map. */
    public static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, item) -> map.put(String.valueOf(key), item));
        }
        return map;
    }

    /** The items of the value; a value that is not a list is the only item; null has none. */
    public static List<Object> list(Object value) {
        List<Object> list = new ArrayList<>();
        if (value instanceof Iterable<?> items) {
            items.forEach(list::add);
        } else if (value != null) {
            list.add(value);
        }
        return list;
    }

    /** The value as text; empty for null. */
    public static String text(Object value) {
        if (isScalar(value)) {
            return value == null ? "" : String.valueOf(value);
        }
        StringBuilder text = new StringBuilder();
        append(value, DEEPEST, text);
        return text.toString();
    }

    /** The text of a value; null if it is null, blank, or not a text, number or boolean. */
    public static String word(Object value) {
        String text = isScalar(value) ? text(value) : "";
        return text.isBlank() ? null : text;
    }

    /** Whether the value is true, or the text "true". */
    public static boolean isTrue(Object value) {
        return isScalar(value) && "true".equals(text(value));
    }

    /** Whether the value is false, or the text "false". */
    public static boolean isFalse(Object value) {
        return isScalar(value) && "false".equals(text(value));
    }

    /** The value as a whole number, or null if it is not one. */
    public static Long number(Object value) {
        boolean sensible = value instanceof Number number && Math.abs(number.doubleValue()) < 1e18;
        return sensible ? Long.valueOf(((Number) value).longValue()) : null;
    }

    /** Whether the value is neither a map nor a list. */
    public static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof Iterable);
    }

    private static void append(Object value, int depth, StringBuilder text) {
        if (depth == 0 && !isScalar(value)) {
            text.append('…');
        } else if (value instanceof Map) {
            join(map(value).entrySet(), depth, text);
        } else if (value instanceof Iterable<?> items) {
            join(items, depth, text);
        } else {
            text.append(text(value));
        }
    }

    private static void join(Iterable<?> items, int depth, StringBuilder text) {
        String separator = "";
        for (Object item : items) {
            text.append(separator);
            if (item instanceof Map.Entry<?, ?> entry) {
                text.append(entry.getKey()).append(": ");
                append(entry.getValue(), depth - 1, text);
            } else {
                append(item, depth - 1, text);
            }
            separator = ", ";
        }
    }
}
