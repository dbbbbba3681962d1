package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import io.jenkins.plugins.drbdocfs2.runner.declarative.Section;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;

/** A closure of a Jenkinsfile, in which Groovy's methods for all objects are replaced by those of the script. */
public class ScriptClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    /** Called by the compiled Jenkinsfile. */
    public ScriptClosure(Object owner, Object thisObject, List<String> parameters, Block body, Env capture) {
        super(owner, thisObject, parameters, body, capture);
    }

    /** As in {@link PipelineScript}. */
    public Object sleep(long seconds) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", seconds);
    }

    /** As in {@link PipelineScript}. */
    public void println() {
        InvokerHelper.invokeMethod(getOwner(), "println", null);
    }

    /** As in {@link PipelineScript}. */
    public void print(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "print", value);
    }

    /** As in {@link PipelineScript}. */
    public void println(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "println", value);
    }

    /** As in {@link PipelineScript}. */
    public void printf(String format, Object value) {
        InvokerHelper.invokeMethod(getOwner(), "printf", new Object[] {format, value});
    }

    /** As in {@link PipelineScript}. */
    public void printf(String format, Object[] values) {
        InvokerHelper.invokeMethod(getOwner(), "printf", new Object[] {format, values});
    }

    /** Also supports {@code when { equals expected: x, actual: y }}, which Groovy takes for a comparison of the closure. */
    @Override
    public boolean equals(Object other) {
        if (other instanceof Map && getDelegate() instanceof Section section) {
            section.invokeMethod("equals", new Object[] {other});
            return true;
        }
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
