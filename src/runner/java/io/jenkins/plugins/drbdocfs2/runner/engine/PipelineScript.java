package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.MissingPropertyException;
import java.util.Formatter;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The base class of a compiled Jenkinsfile. */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    /** The variable that holds the {@link Globals}. */
    static final String GLOBALS = "$globals";

    private Globals globals() {
        return (Globals) getBinding().getVariable(GLOBALS);
    }

    @Override
    public final Object invokeMethod(String name, Object arguments) {
        Binding binding = getBinding();
        if (binding.hasVariable(name) && binding.getVariable(name) instanceof Closure<?> closure) {
            return InvokerHelper.invokeMethod(closure, "call", arguments);
        }
        return globals().invoke(this, name, arguments);
    }

    @Override
    public Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException e) {
            Object value = globals().variable(name);
            if (value == null) {
                throw e;
            }
            return value;
        }
    }

    /** The step {@code sleep}; Groovy's own method would block the other branches. */
    public Object sleep(long seconds) {
        return invokeMethod("sleep", new Object[] {seconds});
    }

    @Override
    public void println() {
        println("");
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    @Override
    public void println(Object value) {
        invokeMethod("echo", new Object[] {String.valueOf(value)});
    }

    @Override
    public void printf(String format, Object value) {
        printf(format, new Object[] {value});
    }

    @Override
    public void printf(String format, Object[] values) {
        try (Formatter formatter = new Formatter()) {
            println(formatter.format(format, values).toString());
        }
    }
}
