package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Small functions on strings and collections. */
public class Util {
    private Util() {}

    /** Null for nothing. */
    public static @CheckForNull String fixEmpty(@CheckForNull String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    /** Null for blank; else without blanks around it. */
    public static @CheckForNull String fixEmptyAndTrim(@CheckForNull String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    /** Nothing for null. */
    public static @NonNull String fixNull(@CheckForNull String s) {
        return s == null ? "" : s;
    }

    /** A default for null. */
    public static @NonNull <T> T fixNull(@CheckForNull T s, @NonNull T defaultValue) {
        return s == null ? defaultValue : s;
    }

    /** An empty list for null. */
    public static @NonNull <T> List<T> fixNull(@CheckForNull List<T> l) {
        return l == null ? List.of() : l;
    }

    /** An empty set for null. */
    public static @NonNull <T> Set<T> fixNull(@CheckForNull Set<T> l) {
        return l == null ? Set.of() : l;
    }

    /** An empty collection for null. */
    public static @NonNull <T> Collection<T> fixNull(@CheckForNull Collection<T> l) {
        return l == null ? Set.of() : l;
    }

    /** Text as HTML, line breaks included. */
    public static String escape(String text) {
        if (text == null) {
            return null;
        }
        return xmlEscape(text)
                .replace("\"", "&quot;")
                .replace("'", "&#039;")
                .replace("\r\n", "<br>")
                .replace("\n", "<br>")
                .replace("\r", "<br>");
    }

    /** Text as XML. */
    public static @NonNull String xmlEscape(@NonNull String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The elements with a separator between them. */
    public static @NonNull String join(@NonNull Collection<?> strings, @NonNull String separator) {
        return strings.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
}
