package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Functions for strings and collections. */
public class Util {
    private Util() {}

    public static @CheckForNull String fixEmpty(@CheckForNull String s) {
        return s == null || s.isEmpty() ? null : s;
    }

    public static @CheckForNull String fixEmptyAndTrim(@CheckForNull String s) {
        return s == null ? null : fixEmpty(s.trim());
    }

    public static @NonNull String fixNull(@CheckForNull String s) {
        return s == null ? "" : s;
    }

    public static @NonNull <T> T fixNull(@CheckForNull T s, @NonNull T defaultValue) {
        return s == null ? defaultValue : s;
    }

    public static @NonNull <T> List<T> fixNull(@CheckForNull List<T> l) {
        return l == null ? List.of() : l;
    }

    public static @NonNull <T> Set<T> fixNull(@CheckForNull Set<T> l) {
        return l == null ? Set.of() : l;
    }

    public static @NonNull <T> Collection<T> fixNull(@CheckForNull Collection<T> l) {
        return l == null ? Set.of() : l;
    }

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

    public static @NonNull String xmlEscape(@NonNull String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    public static @NonNull String join(@NonNull Collection<?> strings, @NonNull String separator) {
        return strings.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
}
