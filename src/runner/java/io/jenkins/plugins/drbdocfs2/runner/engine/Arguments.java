package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import groovy.lang.GString;
import io.jenkins.plugins.drbdocfs2.runner.binding.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call in a Jenkinsfile.
 *
 * @param named the named arguments
 * @param body the block, or null
 */
record Arguments(Map<String, Object> named, @CheckForNull Closure<?> body) {
    /**
     * Sorts the arguments of a call.
     *
     * @param given the arguments of the script
     * @param takesBlock whether the last one can be a block
     * @param sole the name of an argument without a name, or null
     * @param onlyOne whether there is no other parameter, so that a map can be its value
     */
    static Arguments parse(Object given, boolean takesBlock, @CheckForNull String sole, boolean onlyOne) {
        List<Object> all = new ArrayList<>(given instanceof Object[] array ? Arrays.asList(array) : List.of(given));
        Closure<?> body = null;
        if (takesBlock && !all.isEmpty() && all.get(all.size() - 1) instanceof Closure<?> last) {
            body = last;
            all.remove(all.size() - 1);
        }
        if (all.isEmpty()) {
            return new Arguments(Map.of(), body);
        }
        if (all.size() > 1) {
            throw new IllegalArgumentException("Expected named arguments but got " + all);
        }
        Object one = all.get(0);
        if (one instanceof Map<?, ?> map && isNamed(map, sole, onlyOne)) {
            return new Arguments(flatten(map), body);
        }
        if (sole == null) {
            throw new IllegalArgumentException("Expected named arguments but got " + one);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(sole, flatten(one));
        return new Arguments(named, body);
    }

    /** Like {@link #parse(Object, boolean, String, boolean)}, for a model. */
    static Arguments parse(Object given, boolean takesBlock, Model model) {
        return parse(given, takesBlock, model.soleMandatory(), model.hasOneParameterOnly());
    }

    private static boolean isNamed(Map<?, ?> map, String sole, boolean onlyOne) {
        if (map.containsKey("$class")) {
            return false;
        }
        return !onlyOne || (map.size() == 1 && map.containsKey(sole));
    }

    private static Map<String, Object> flatten(Map<?, ?> map) {
        Map<String, Object> flat = new LinkedHashMap<>();
        map.forEach((key, value) -> flat.put(String.valueOf(key), flatten(value)));
        return flat;
    }

    /** Converts texts with variables to plain texts. */
    private static Object flatten(Object value) {
        if (value instanceof GString) {
            return value.toString();
        } else if (value instanceof List<?> list) {
            List<Object> flat = new ArrayList<>();
            list.forEach(each -> flat.add(flatten(each)));
            return flat;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> flat = new LinkedHashMap<>();
            map.forEach((key, each) -> flat.put(flatten(key), flatten(each)));
            return flat;
        }
        return value;
    }
}
