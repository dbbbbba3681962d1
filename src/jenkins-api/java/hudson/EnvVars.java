package hudson;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment variables; the case of names does not count. */
public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|([A-Za-z0-9_]+)|\\{([A-Za-z0-9_.]+)})");

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    @SuppressWarnings({"CopyConstructorMissesField", "this-escape"})
    public EnvVars(@NonNull Map<String, String> variables) {
        this();
        putAll(variables);
    }

    public EnvVars(@NonNull EnvVars variables) {
        this((Map<String, String>) variables);
    }

    @SuppressWarnings("this-escape")
    public EnvVars(String... namesAndValues) {
        this();
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** Sets a variable; null or an empty value removes it; {@code PATH+X} is prepended to PATH. */
    public void override(String key, String value) {
        int plus = key.indexOf('+');
        if (plus > 0) {
            String name = key.substring(0, plus);
            String old = get(name);
            put(name, old == null ? value : value + java.io.File.pathSeparator + old);
        } else if (value == null || value.isEmpty()) {
            remove(key);
        } else {
            put(key, value);
        }
    }

    public EnvVars overrideAll(Map<String, String> all) {
        all.forEach(this::override);
        return this;
    }

    public EnvVars overrideExpandingAll(@NonNull Map<String, String> all) {
        all.forEach((key, value) -> override(key, expand(value)));
        return this;
    }

    public String expand(String s) {
        if (s == null) {
            return null;
        }
        return REFERENCE.matcher(s).replaceAll(match -> Matcher.quoteReplacement(resolve(match)));
    }

    private String resolve(java.util.regex.MatchResult match) {
        if (match.group().equals("$$")) {
            return "$";
        }
        return get(match.group(1) != null ? match.group(1) : match.group(2), match.group());
    }

    public String get(String key, String defaultValue) {
        String value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public String put(String key, String value) {
        if (value == null) {
            throw new IllegalArgumentException("Null value not allowed as an environment variable: " + key);
        }
        return super.put(key, value);
    }

    public void putIfNotNull(String key, String value) {
        if (value != null) {
            put(key, value);
        }
    }
}
