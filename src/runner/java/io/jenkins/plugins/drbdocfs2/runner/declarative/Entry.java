package io.jenkins.plugins.drbdocfs2.runner.declarative;

import groovy.lang.Closure;
import java.util.List;

/**
 * A line of a section of a declarative pipeline.
 *
 * @param section the section that contains it
 * @param name its first word
 * @param arguments the arguments after it
 */
public record Entry(String section, String name, List<Object> arguments) {
    /** Its only argument. */
    public Object argument() {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" in \"" + section + "\" takes one argument, not " + arguments.size());
        }
        return arguments.get(0);
    }

    /** Its block. */
    public Closure<?> closure() {
        if (!arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof Closure<?> closure) {
            return closure;
        }
        throw new IllegalArgumentException("\"" + name + "\" in \"" + section + "\" does not have a block");
    }

    /** Its name argument, if it has a name and a block. */
    public String text() {
        if (arguments.size() == 2) {
            return String.valueOf(arguments.get(0));
        }
        throw new IllegalArgumentException("\"" + name + "\" in \"" + section + "\" needs a name and a block");
    }
}
