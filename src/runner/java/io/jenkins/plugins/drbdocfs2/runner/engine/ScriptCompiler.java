package io.jenkins.plugins.drbdocfs2.runner.engine;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import io.jenkins.plugins.drbdocfs2.runner.declarative.DeclarativeSupport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** Compiles a Jenkinsfile like Jenkins, to code that can wait for steps. */
public final class ScriptCompiler {
    /** The name of a Jenkinsfile in messages. */
    public static final String SCRIPT_NAME = "WorkflowScript";

    private static final String DECLARATIVE = "/io/jenkins/plugins/drbdocfs2/runner/declarative.groovy";

    private ScriptCompiler() {}

    /**
     * Compiles a Jenkinsfile.
     *
     * @throws org.codehaus.groovy.control.CompilationFailedException if it is wrong, with line and column
     */
    public static Script compile(String source, Program program) {
        GroovyShell shell = new GroovyShell(ScriptCompiler.class.getClassLoader(), new Binding(), configuration());
        Script script = shell.parse(source, SCRIPT_NAME);
        Globals globals = new Globals(program, () -> declarative(shell, program, script));
        script.setBinding(new Binding(new HashMap<>(Map.of(PipelineScript.GLOBALS, globals))));
        return script;
    }

    private static Script declarative(GroovyShell shell, Program program, Script script) {
        Object globals = script.getBinding().getVariable(PipelineScript.GLOBALS);
        DeclarativeSupport support =
                new DeclarativeSupport(program.run(), () -> program.current().listener());
        Script declarative = shell.parse(declarativeSource(), "Declarative");
        declarative.setBinding(new Binding(new HashMap<>(Map.of(PipelineScript.GLOBALS, globals, "support", support))));
        return declarative;
    }

    private static CompilerConfiguration configuration() {
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports(NonCPS.class.getPackage().getName(), "hudson.model", "jenkins.model");
        CpsTransformer cps = new CpsTransformer();
        cps.setConfiguration(new TransformerConfiguration().withClosureType(ScriptClosure.class));
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(imports, cps);
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        return configuration;
    }

    private static String declarativeSource() {
        try (InputStream in = ScriptCompiler.class.getResourceAsStream(DECLARATIVE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
