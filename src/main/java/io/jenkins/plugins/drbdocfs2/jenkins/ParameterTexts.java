package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Describable;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Checks all parameters of a step, and of the objects in its lists, by reflection on their fields, which have the names of
 * the parameters. So no parameter is forgotten, whatever else the operation checks.
 */
public final class ParameterTexts {
    /** A script is checked by its operation; the steps of a freestyle job are checked one by one. */
    private static final Set<String> OWN = Set.of("script", "steps");

    private static final Set<String> TEXTS = Set.of("options", "config", "keys");
    private static final Set<String> WORDS = Set.of("nodes", "packages", "devices", "ports");
    private static final String OURS = "io.jenkins.plugins.drbdocfs2.";

    private ParameterTexts() {}

    /**
     * Checks the texts.
     *
     * @throws InvalidParameterException if one has invisible characters or is too long
     */
    public static void check(Object bean) {
        check("", bean);
    }

    /**
     * Checks that no mandatory parameter is missing, when a form is saved. A mandatory parameter is one of the constructor,
     * in a final field.
     *
     * @throws InvalidParameterException if one is missing; the message names it by the label of its field
     */
    public static void checkMandatory(Describable<?> bean) {
        forEachField(bean, (field, value) -> {
            boolean empty = value == null || value instanceof String text && text.isBlank();
            if (empty && Modifier.isFinal(field.getModifiers())) {
                String label = FormField.label(field.getName());
                throw new InvalidParameterException(
                        field.getName(), bean.getDescriptor().getDisplayName() + ": " + label + " must not be empty.");
            }
            for (Object part : value instanceof Collection<?> all ? all : Collections.singleton(value)) {
                if (part instanceof Describable<?> inside) {
                    checkMandatory(inside);
                }
            }
        });
    }

    private static void check(String prefix, Object bean) {
        forEachField(bean, (field, value) -> value(prefix, field.getName(), value));
    }

    private static void forEachField(Object bean, BiConsumer<Field, Object> action) {
        for (Class<?> type = bean.getClass(); type.getName().startsWith(OURS); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    action.accept(field, valueOf(field, bean));
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
