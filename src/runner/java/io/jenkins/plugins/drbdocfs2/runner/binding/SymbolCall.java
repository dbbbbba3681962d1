package io.jenkins.plugins.drbdocfs2.runner.binding;

import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call {@code symbol(name: value...)} in a Jenkinsfile. It becomes an object when a parameter of a known type receives
 * it.
 */
public final class SymbolCall implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String symbol;
    private final LinkedHashMap<String, Object> arguments;

    /** A call by symbol; an argument without a name is under {@link Model#ANONYMOUS}. */
    public SymbolCall(String symbol, Map<String, Object> arguments) {
        this.symbol = symbol;
        this.arguments = new LinkedHashMap<>(arguments);
    }

    /** Creates the object of a type. */
    public Object instantiate(Class<?> type, TaskListener listener) throws ClassNotFoundException {
        return Model.of(Symbols.resolve(type, null, symbol)).instantiate(arguments, listener);
    }

    @Override
    public String toString() {
        return "@" + symbol
                + arguments.entrySet().stream().map(Object::toString).collect(Collectors.joining(",", "(", ")"));
    }
}
