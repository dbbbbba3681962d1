package io.jenkins.plugins.drbdocfs2.runner.binding;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.GString;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.reflection.ReflectionCache;

/** Converts a value in a Jenkinsfile to the type of a parameter, by the rules of Jenkins. */
final class Coercion {
    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            char.class, Character.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private final TaskListener listener;

    Coercion(TaskListener listener) {
        this.listener = listener;
    }

    /** The value of a missing mandatory parameter: null, or the zero of a primitive type. */
    static @CheckForNull Object defaultOf(Type type) {
        return type instanceof Class<?> c && c.isPrimitive() ? Array.get(Array.newInstance(c, 1), 0) : null;
    }

    /**
     * Converts a value to a type.
     *
     * @param place the name of the target, for the message
     * @throws ClassCastException if it cannot be converted
     */
    @CheckForNull
    Object coerce(String place, Type type, @CheckForNull Object given) throws ReflectiveOperationException {
        Class<?> target = erasure(type);
        Object value = type instanceof Class<?>
                ? ReflectionCache.getCachedClass(target).coerceArgument(given)
                : given;
        if (value instanceof GString) {
            value = value.toString();
        }
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(target)) {
            return coerceAll(place, elementType(type), list);
        } else if (value == null || wrapped(target).isInstance(value)) {
            return value;
        } else if (value instanceof SymbolCall call) {
            return call.instantiate(target, listener);
        } else if (value instanceof Map<?, ?> map) {
            return instantiate(target, map);
        } else if (value instanceof List<?> list && target.isArray()) {
            return toArray(coerceAll(place, target.getComponentType(), list), target.getComponentType());
        } else if (value instanceof String text) {
            return parse(place, type, target, text);
        }
        throw unfit(place, type, value);
    }

    private List<Object> coerceAll(String place, Type type, List<?> values) throws ReflectiveOperationException {
        List<Object> coerced = new ArrayList<>();
        for (Object value : values) {
            coerced.add(coerce(place, type, value));
        }
        return coerced;
    }

    private Object instantiate(Class<?> target, Map<?, ?> map) throws ReflectiveOperationException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        map.forEach((key, value) -> arguments.put((String) key, value));
        String className = (String) arguments.remove("$class");
        return Model.of(Symbols.resolve(target, className, null)).instantiate(arguments, listener);
    }

    private static Object toArray(List<Object> values, Class<?> elementType) {
        Object array = Array.newInstance(elementType, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private static Object parse(String place, Type type, Class<?> target, String text) {
        Class<?> wrapped = wrapped(target);
        if (target.isEnum()) {
            return constant(target, text);
        } else if (target == Result.class) {
            return Result.fromString(text);
        } else if (wrapped == Boolean.class) {
            return Boolean.valueOf(text);
        } else if (wrapped == Character.class && text.length() == 1) {
            return text.charAt(0);
        } else if (Number.class.isAssignableFrom(wrapped)) {
            return number(place, wrapped, text);
        }
        throw unfit(place, type, text);
    }

    private static Object constant(Class<?> target, String name) {
        for (Object constant : target.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("No enum constant " + target.getCanonicalName() + "." + name);
    }

    private static Object number(String place, Class<?> target, String text) {
        try {
            return target.getMethod("valueOf", String.class).invoke(null, text);
        } catch (ReflectiveOperationException e) {
            throw new ClassCastException(place + " expects " + target
                    + " but was unable to coerce the received value \"" + text + "\" to that type");
        }
    }

    private static ClassCastException unfit(String place, Type type, Object value) {
        return new ClassCastException(place + " expects " + type + " but received " + value.getClass());
    }

    private static Class<?> wrapped(Class<?> type) {
        return WRAPPERS.getOrDefault(type, type);
    }

    private static Type elementType(Type collection) {
        return collection instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    private static Class<?> erasure(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        } else if (type instanceof ParameterizedType parameterized) {
            return erasure(parameterized.getRawType());
        } else if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        } else if (type instanceof TypeVariable<?> variable) {
            return erasure(variable.getBounds()[0]);
        }
        GenericArrayType array = (GenericArrayType) type;
        return erasure(array.getGenericComponentType()).arrayType();
    }
}
