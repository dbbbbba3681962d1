package io.jenkins.plugins.drbdocfs2.manual;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;

/**
 * A parameter of a step, or of an object in a parameter.
 *
 * @param name the name in a Jenkinsfile
 * @param type the type of its value
 * @param inConstructor whether it is a parameter of the constructor, for which Jenkins shows no default
 * @param standard the default value; null for none
 */
record Parameter(String name, Type type, boolean inConstructor, Object standard) {
    /** The type in words: text, number, boolean, the name of a component, or a list of these. */
    String typeInWords() {
        if (type instanceof ParameterizedType list) {
            return "list of `"
                    + Components.of((Class<?>) list.getActualTypeArguments()[0]).name() + "`";
        } else if (type == String.class) {
            return "text";
        } else if (type == boolean.class || type == Boolean.class) {
            return "`true` or `false`";
        } else if (type == int.class || type == Integer.class) {
            return "number";
        }
        return Components.choices((Class<?>) type);
    }

    /** The default as written in a Jenkinsfile; null if an object has none. */
    String standardInWords() {
        if (standard == null || standard instanceof Collection<?> list && list.isEmpty()) {
            return null;
        }
        return standard.toString();
    }
}
