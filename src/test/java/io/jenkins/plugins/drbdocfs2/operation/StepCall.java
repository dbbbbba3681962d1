package io.jenkins.plugins.drbdocfs2.operation;

import hudson.model.AbstractDescribableImpl;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step or another describable of Jenkins, with values for its parameters.
 *
 * @param type the class of the describable
 * @param values the values by name; a list of describables is a list of such calls
 */
record StepCall(Class<?> type, Map<String, Object> values) {
    static StepCall of(Class<?> type, Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new StepCall(type, values);
    }

    /** The constructor or setter of each parameter. */
    private static Map<String, Executable> parameters(Class<?> type) {
        Map<String, Executable> parameters = new TreeMap<>();
        for (Parameter parameter : constructor(type).getParameters()) {
            parameters.put(parameter.getName(), constructor(type));
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                parameters.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), method);
            }
        }
        return parameters;
    }

    private static Constructor<?> constructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no @DataBoundConstructor: " + type));
    }

    private static Parameter parameter(Class<?> type, String name) {
        Executable setter = parameters(type).get(name);
        return setter instanceof Method method
                ? method.getParameters()[0]
                : Arrays.stream(constructor(type).getParameters())
                        .filter(parameter -> parameter.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    /** The names of all text parameters of a class; those of its lists of describables as {@code list.name}. */
    static List<String> texts(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (String name : parameters(type).keySet()) {
            Parameter parameter = parameter(type, name);
            if (parameter.getType() == String.class
                    && !name.toLowerCase(Locale.ROOT).endsWith("credentialsid")) {
                names.add(name);
            } else if (parameter.getParameterizedType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && AbstractDescribableImpl.class.isAssignableFrom(element)) {
                texts(element).forEach(inner -> names.add(name + "." + inner));
            }
        }
        return names;
    }

    /** The names of the text parameters that this call sets. */
    List<String> givenTexts() {
        return texts(type).stream().filter(name -> text(name) != null).toList();
    }

    /** The value of a text parameter. */
    String text(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return (String) values.get(path);
        }
        return values.get(path.substring(0, dot)) instanceof List<?> list
                ? ((StepCall) list.get(0)).text(path.substring(dot + 1))
                : null;
    }

    /** The same call with another text; in a list, that of the first element. */
    StepCall with(String path, String value) {
        int dot = path.indexOf('.');
        Map<String, Object> changed = new LinkedHashMap<>(values);
        if (dot < 0) {
            changed.put(path, value);
        } else {
            List<Object> list = new ArrayList<>((List<?>) values.get(path.substring(0, dot)));
            list.set(0, ((StepCall) list.get(0)).with(path.substring(dot + 1), value));
            changed.put(path.substring(0, dot), list);
        }
        return new StepCall(type, changed);
    }

    /** The object with these values, created as Jenkins does. */
    Object bind() {
        Map<String, Object> left = new LinkedHashMap<>(values);
        Object[] arguments = Arrays.stream(constructor(type).getParameters())
                .map(parameter -> bound(left.remove(parameter.getName())))
                .toArray();
        try {
            Object made = constructor(type).newInstance(arguments);
            for (Map.Entry<String, Object> entry : left.entrySet()) {
                Executable setter = parameters(type).get(entry.getKey());
                ((Method) setter).invoke(made, bound(entry.getValue()));
            }
            return made;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object bound(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(StepCall::bound).toList();
        }
        return value instanceof StepCall call ? call.bind() : value;
    }
}
