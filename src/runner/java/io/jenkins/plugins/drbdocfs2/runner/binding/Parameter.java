package io.jenkins.plugins.drbdocfs2.runner.binding;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** A parameter of a class with data binding. */
final class Parameter {
    private final String name;
    private final Type type;
    private final String place;
    private final Setter setter;

    private Parameter(String name, Type type, String place, Setter setter) {
        this.name = name;
        this.type = type;
        this.place = place;
        this.setter = setter;
    }

    static Parameter ofConstructor(Class<?> owner, java.lang.reflect.Parameter parameter) {
        String name = parameter.getName();
        return new Parameter(name, parameter.getParameterizedType(), owner.getName() + "." + name, null);
    }

    static Parameter of(Field field) {
        String place = field.getDeclaringClass().getName() + "." + field.getName();
        return new Parameter(field.getName(), field.getGenericType(), place, field::set);
    }

    static Parameter of(Method method) {
        if (!method.getName().startsWith("set") || method.getParameterCount() != 1) {
            throw new IllegalStateException(method + " cannot be a @DataBoundSetter");
        }
        String name = java.beans.Introspector.decapitalize(method.getName().substring("set".length()));
        String place = method.getDeclaringClass().getName() + "." + method.getName() + "()";
        return new Parameter(name, method.getGenericParameterTypes()[0], place, method::invoke);
    }

    String name() {
        return name;
    }

    Type type() {
        return type;
    }

    /** Its place, for messages. */
    String place() {
        return place;
    }

    boolean isMandatory() {
        return setter == null;
    }

    void set(Object target, Object value) throws ReflectiveOperationException {
        setter.set(target, value);
    }

    @FunctionalInterface
    private interface Setter {
        void set(Object target, Object value) throws ReflectiveOperationException;
    }
}
