package io.jenkins.plugins.drbdocfs2.runner.binding;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * How to create an object of a class from named arguments: those of the {@link DataBoundConstructor} are mandatory, those
 * of a {@link DataBoundSetter} optional. The error messages are those of Jenkins.
 */
public final class Model {
    /** The name of an argument without a name. */
    public static final String ANONYMOUS = "<anonymous>";

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private Model(Class<?> type) {
        this.type = type;
        this.constructor = dataBoundConstructor(type);
        for (java.lang.reflect.Parameter parameter : constructor.getParameters()) {
            parameters.put(parameter.getName(), Parameter.ofConstructor(type, parameter));
        }
        parameters.putAll(optional(type));
    }

    /** The model of a class. */
    public static Model of(Class<?> type) {
        return new Model(type);
    }

    private static Constructor<?> dataBoundConstructor(Class<?> type) {
        for (Constructor<?> candidate : type.getConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("There's no @DataBoundConstructor on any constructor of " + type);
    }

    private static Map<String, Parameter> optional(Class<?> type) {
        Map<String, Parameter> found = new TreeMap<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(DataBoundSetter.class)) {
                    found.putIfAbsent(field.getName(), Parameter.of(field));
                }
            }
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class)) {
                    Parameter parameter = Parameter.of(method);
                    found.putIfAbsent(parameter.name(), parameter);
                }
            }
        }
        return found;
    }

    /** The name of the mandatory parameter if there is exactly one, else null. */
    public @CheckForNull String soleMandatory() {
        List<Parameter> mandatory =
                parameters.values().stream().filter(Parameter::isMandatory).toList();
        return mandatory.size() == 1 ? mandatory.get(0).name() : null;
    }

    /** Whether there is exactly one parameter, and it is mandatory. */
    public boolean hasOneParameterOnly() {
        return parameters.size() == 1 && soleMandatory() != null;
    }

    /**
     * Creates an object.
     *
     * @param listener receives warnings about unknown arguments
     * @throws IllegalArgumentException if an argument does not fit, or the object refuses it
     */
    public Object instantiate(Map<String, ?> arguments, TaskListener listener) {
        Map<String, ?> named = arguments.containsKey(ANONYMOUS) ? named(arguments) : arguments;
        warnOfUnknown(named.keySet(), listener);
        try {
            Object made = constructor.newInstance(constructorArguments(named, listener));
            for (Parameter parameter : parameters.values()) {
                if (!parameter.isMandatory() && named.containsKey(parameter.name())) {
                    parameter.set(made, coerced(parameter, parameter.type(), named, listener));
                }
            }
            return made;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "Could not instantiate " + named + " for " + type.getName() + ": " + e, e);
        }
    }

    private Map<String, ?> named(Map<String, ?> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("All arguments have to be named but it has " + ANONYMOUS);
        }
        String sole = soleMandatory();
        if (sole == null) {
            throw new IllegalArgumentException("Arguments to " + type + " have to be explicitly named");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        named.put(sole, arguments.get(ANONYMOUS));
        return named;
    }

    private void warnOfUnknown(Set<String> names, TaskListener listener) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(parameters.keySet());
        if (!unknown.isEmpty()) {
            listener.getLogger()
                    .println("WARNING: Unknown parameter(s) found for class type '" + type.getName() + "': "
                            + String.join(",", unknown));
        }
    }

    private Object[] constructorArguments(Map<String, ?> arguments, TaskListener listener)
            throws ReflectiveOperationException {
        Type[] types = constructor.getGenericParameterTypes();
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Parameter parameter = parameters.get(constructor.getParameters()[i].getName());
            values[i] = arguments.get(parameter.name()) == null
                    ? Coercion.defaultOf(types[i])
                    : coerced(parameter, types[i], arguments, listener);
        }
        return values;
    }

    private static Object coerced(Parameter parameter, Type type, Map<String, ?> arguments, TaskListener listener)
            throws ReflectiveOperationException {
        return new Coercion(listener).coerce(parameter.place(), type, arguments.get(parameter.name()));
    }
}
