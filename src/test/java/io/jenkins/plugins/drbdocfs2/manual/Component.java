package io.jenkins.plugins.drbdocfs2.manual;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step, or a symbol for a parameter of a step, that a Jenkinsfile can name.
 *
 * @param descriptor its descriptor for Jenkins
 * @param parameters those of the constructor, then the others in the order of the class, those of superclasses last
 */
record Component(Descriptor<?> descriptor, List<Parameter> parameters) {
    /** The phrase in the help of a step that means the values of drbdStatus. */
    private static final String LIKE_STATUS = "other values of a resource in drbdStatus";

    /** Reads a class, and creates an object for the defaults. */
    static Component of(Descriptor<?> descriptor) {
        try {
            return new Component(descriptor, parameters(descriptor.clazz));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + descriptor.clazz, e);
        }
    }

    /** The class of its objects. */
    Class<?> type() {
        return descriptor.clazz;
    }

    /** Its name in a Jenkinsfile. */
    String name() {
        return descriptor instanceof StepDescriptor step
                ? step.getFunctionName()
                : descriptor.getClass().getAnnotation(Symbol.class).value()[0];
    }

    /** The resource path of a file of its class. */
    String path(String file) {
        return type().getName().replace('.', '/') + "/" + file;
    }

    @Override
    public String toString() {
        return name();
    }

    /** Whether it is a step. */
    boolean isStep() {
        return descriptor instanceof StepDescriptor;
    }

    /** Whether it has a block. */
    boolean hasBlock() {
        return descriptor instanceof StepDescriptor step && step.takesImplicitBlockArgument();
    }

    Parameter parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Its help; null if there is none. */
    Help help() {
        return read("help.html");
    }

    /** The help of a parameter; null if there is none. */
    Help help(Parameter parameter) {
        return read("help-" + parameter.name() + ".html");
    }

    /** The keys of its result according to its help; nested keys have the form {@code outer.inner}. */
    Set<String> resultKeys() {
        Set<String> keys = new LinkedHashSet<>(help().resultKeys());
        if (help().prose().contains(LIKE_STATUS)) {
            keys.addAll(ResultKeys.ofResource());
        }
        return keys;
    }

    /** Reads a file of the class or, as Jenkins does, of its nearest superclass that has it. */
    private Help read(String file) {
        for (Class<?> type = type(); type != Object.class; type = type.getSuperclass()) {
            String path = type.getName().replace('.', '/') + "/" + file;
            try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
                if (in != null) {
                    return Help.of(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new IllegalStateException("Cannot read " + path, e);
            }
        }
        return null;
    }

    /** An object with a value for all text parameters of the constructor except one. */
    Describable<?> without(Parameter missing) throws ReflectiveOperationException {
        Constructor<?> constructor = constructor(type());
        return (Describable<?>) constructor.newInstance(Arrays.stream(constructor.getParameters())
                .map(each -> each.getType() == String.class && !each.getName().equals(missing.name())
                        ? "x"
                        : nothing(each.getType()))
                .toArray());
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        return Arrays.stream(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException("a @DataBoundConstructor of " + type));
    }

    private static List<Parameter> parameters(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = constructor(type);
        Object fresh = constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                .map(Component::nothing)
                .toArray());
        List<Parameter> parameters = new ArrayList<>();
        for (java.lang.reflect.Parameter each : constructor.getParameters()) {
            parameters.add(new Parameter(each.getName(), each.getParameterizedType(), true, null));
        }
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Map.Entry<String, Type> setter : setters(c).entrySet()) {
                parameters.add(new Parameter(setter.getKey(), setter.getValue(), false, value(fresh, setter.getKey())));
            }
        }
        return List.copyOf(parameters);
    }

    /** The names and types of a class' own setters, in the order of its fields. */
    private static Map<String, Type> setters(Class<?> type) {
        Map<String, Type> byName = new LinkedHashMap<>();
        Arrays.stream(type.getDeclaredFields()).forEach(field -> byName.put(field.getName(), null));
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class) && !method.isAnnotationPresent(Deprecated.class)) {
                String name = Introspector.decapitalize(method.getName().substring("set".length()));
                byName.put(name, method.getGenericParameterTypes()[0]);
            }
        }
        byName.values().removeIf(Objects::isNull);
        return byName;
    }

    private static Object value(Object object, String property) throws ReflectiveOperationException {
        String end = Character.toUpperCase(property.charAt(0)) + property.substring(1);
        for (Method method : object.getClass().getMethods()) {
            boolean getter =
                    method.getName().equals("get" + end) || method.getName().equals("is" + end);
            if (getter && method.getParameterCount() == 0) {
                return method.invoke(object);
            }
        }
        throw new NoSuchMethodException("a getter for " + property + " of " + object.getClass());
    }

    private static Object nothing(Class<?> type) {
        return type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : null;
    }
}
