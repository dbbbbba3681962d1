package io.jenkins.plugins.drbdocfs2.manual;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;

/**
 * A parameter of a step, or of what a step takes.
 *
 * @param name as it is written in a Jenkinsfile
 * @param type what it takes
 * @param inConstructor whether it is one of the constructor's, for which Jenkins shows no default
 * @param standard what an object has where it is not given; null for nothing
 */
record Parameter(String name, Type type, boolean inConstructor, Object standard) {
    /** Its type in words: text, number, boolean, the name of what it takes, or a list of that. */
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

    /** Its default as it is written in a Jenkinsfile; null where there is none that an object knows. */
    String standardInWords() {
        if (standard == null || standard instanceof Collection<?> list && list.isEmpty()) {
            return null;
        }
        return standard.toString();
    }
}
