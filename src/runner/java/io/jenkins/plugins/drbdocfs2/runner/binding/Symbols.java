package io.jenkins.plugins.drbdocfs2.runner.binding;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.Symbol;

/** Finds classes by their names in a Jenkinsfile: by the {@link Symbol} of their descriptor, or by {@code $class}. */
public final class Symbols {
    private Symbols() {}

    /** The class of a type with this symbol, or null. */
    public static @CheckForNull Class<?> find(Class<?> type, String symbol) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (type.isAssignableFrom(descriptor.clazz) && symbolsOf(descriptor).contains(symbol)) {
                return descriptor.clazz;
            }
        }
        return null;
    }

    /** All symbols. */
    public static Set<String> all() {
        Set<String> all = new TreeSet<>();
        ExtensionList.lookup(Descriptor.class).forEach(descriptor -> all.addAll(symbolsOf(descriptor)));
        return all;
    }

    /**
     * The class to create for a parameter.
     *
     * @param base the type of the parameter
     * @param className the {@code $class} in the Jenkinsfile, or null
     * @param symbol the symbol in the Jenkinsfile, or null
     */
    static Class<?> resolve(Class<?> base, String className, String symbol) throws ClassNotFoundException {
        if (className != null) {
            return className.contains(".")
                    ? Class.forName(className, true, Symbols.class.getClassLoader())
                    : bySimpleName(base, className);
        }
        if (symbol != null) {
            Class<?> found = find(base, symbol);
            if (found == null) {
                throw new UnsupportedOperationException(
                        "no known implementation of " + base + " is using symbol ‘" + symbol + "’");
            }
            return found;
        }
        if (Modifier.isAbstract(base.getModifiers())) {
            throw new UnsupportedOperationException("must specify $class with an implementation of " + base);
        }
        return base;
    }

    private static Class<?> bySimpleName(Class<?> base, String name) {
        Class<?> found = null;
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            Class<?> candidate = descriptor.getT();
            if (base.isAssignableFrom(candidate) && candidate.getSimpleName().equals(name)) {
                if (found != null && found != candidate) {
                    throw new UnsupportedOperationException(name + " as a " + base + " could mean either "
                            + found.getName() + " or " + candidate.getName());
                }
                found = candidate;
            }
        }
        if (found == null) {
            throw new UnsupportedOperationException("no known implementation of " + base + " is named " + name);
        }
        return found;
    }

    private static Set<String> symbolsOf(Descriptor<?> descriptor) {
        Symbol symbol = descriptor.getClass().getAnnotation(Symbol.class);
        return symbol == null ? Set.of() : Set.of(symbol.value());
    }
}
