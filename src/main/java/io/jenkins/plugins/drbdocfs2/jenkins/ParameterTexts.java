package io.jenkins.plugins.drbdocfs2.jenkins;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Set;

/**
 * Checks all texts that a step or what is in its lists was given, by the names of its fields, which are those of its
 * parameters: so none is forgotten, whatever else its operation asks of it.
 */
public final class ParameterTexts {
    /** A script is the user's own, and is checked where it is used; the steps of a freestyle job are checked one by one. */
    private static final Set<String> OWN = Set.of("script", "steps");

    private static final Set<String> TEXTS = Set.of("options", "config", "keys");
    private static final Set<String> WORDS = Set.of("nodes", "packages", "devices", "ports");
    private static final String OURS = "io.jenkins.plugins.drbdocfs2.";

    private ParameterTexts() {}

    /**
     * Checks them.
     *
     * @throws InvalidParameterException if one has characters that nobody sees, or no end
     */
    public static void check(Object bean) {
        check("", bean);
    }

    private static void check(String prefix, Object bean) {
        for (Class<?> type = bean.getClass(); type.getName().startsWith(OURS); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    value(prefix, field.getName(), valueOf(field, bean));
                }
            }
        }
    }

    private static Object valueOf(Field field, Object bean) {
        try {
            field.setAccessible(true);
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }

    private static void value(String prefix, String name, Object value) {
        if (OWN.contains(name)) {
            return;
        }
        if (value instanceof String text) {
            text(prefix + name, name, text);
        } else if (value instanceof Collection<?> all) {
            all.forEach(each -> value(prefix + name + ": ", name, each));
        } else if (value != null
                && value.getClass().getName().startsWith(OURS)
                && !value.getClass().isEnum()) {
            check(prefix, value);
        }
    }

    private static void text(String parameter, String name, String text) {
        if (TEXTS.contains(name)) {
            ParameterText.text(parameter, text);
        } else if (WORDS.contains(name)) {
            ParameterText.words(parameter, text);
        } else {
            ParameterText.line(parameter, text);
        }
    }
}
