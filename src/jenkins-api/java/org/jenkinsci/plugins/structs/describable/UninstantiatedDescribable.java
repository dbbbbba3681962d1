package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

/** The call that makes an object: its class or symbol, and its arguments. */
public class UninstantiatedDescribable implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String klass;
    private final transient Map<String, ?> arguments;

    public UninstantiatedDescribable(String symbol, String klass, Map<String, ?> arguments) {
        this.klass = klass;
        this.arguments = arguments;
    }

    public String getKlass() {
        return klass;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }
}
