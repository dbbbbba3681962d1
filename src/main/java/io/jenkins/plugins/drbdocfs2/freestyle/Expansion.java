package io.jenkins.plugins.drbdocfs2.freestyle;

import hudson.EnvVars;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Replaces the variables of a build in the fields of a form: in each text of an object that was bound to a form, and of
 * the objects and lists in it. The original stays unchanged for the next build.
 *
 * <p>In scripts, {@code $NAME} is a variable of the shell on the node; only {@code ${NAME}} of a variable of the build is
 * replaced. IDs of credentials are not replaced: the credentials plugin resolves a parameter in them.
 */
final class Expansion {
    private static final Pattern BRACED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.]*)}");
    private static final String SCRIPT = "script";
    private static final Pattern CREDENTIALS_ID = Pattern.compile("(?i).*credentialsId");

    private final EnvVars variables;

    Expansion(EnvVars variables) {
        this.variables = variables;
    }

    /** A copy with the values of the variables. */
    <T> T of(T bean) {
        try {
            @SuppressWarnings("unchecked") // it is of the same class
            T copy = (T) copy(bean);
            return copy;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(bean.getClass() + " cannot be read and made as forms do", e);
        }
    }

    private Object copy(Object bean) throws ReflectiveOperationException {
        Constructor<?> constructor = constructor(bean.getClass()).orElseThrow();
        List<Object> arguments = new ArrayList<>();
        for (Parameter parameter : constructor.getParameters()) {
            arguments.add(value(parameter.getName(), property(bean, parameter.getName())));
        }
        Object copy = constructor.newInstance(arguments.toArray());
        for (Method setter : bean.getClass().getMethods()) {
            if (setter.isAnnotationPresent(DataBoundSetter.class)) {
                String name = Introspector.decapitalize(setter.getName().substring("set".length()));
                setter.invoke(copy, value(name, property(bean, name)));
            }
        }
        return copy;
    }

    private static Optional<Constructor<?>> constructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst();
    }

    private static Object property(Object bean, String name) throws ReflectiveOperationException {
        String end = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Method getter : bean.getClass().getMethods()) {
            if (getter.getParameterCount() == 0 && getter.getName().matches("(get|is)" + end)) {
                return getter.invoke(bean);
            }
        }
        throw new NoSuchMethodException("a getter of " + name + " in " + bean.getClass());
    }

    private Object value(String name, Object value) throws ReflectiveOperationException {
        if (value instanceof String text) {
            return text(name, text);
        }
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            for (Object each : list) {
                values.add(value(name, each));
            }
            return values;
        }
        return value != null && constructor(value.getClass()).isPresent() ? copy(value) : value;
    }

    private String text(String name, String text) {
        if (CREDENTIALS_ID.matcher(name).matches()) {
            return text;
        }
        return name.equals(SCRIPT)
                ? BRACED.matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(variables.get(found.group(1), found.group())))
                : variables.expand(text);
    }
}
