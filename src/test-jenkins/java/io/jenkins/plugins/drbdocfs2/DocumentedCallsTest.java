package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.NoStaplerConstructorException;

/** The Snippet Generator can generate every step call in the README, the manuals, the help and the examples. */
@WithJenkins
class DocumentedCallsTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```groovy\\n(.*?)^```$");
    private static final Pattern PREFORMATTED = Pattern.compile("(?s)<pre>(.*?)</pre>");

    private static Set<String> functions() {
        return StepDescriptor.all().stream()
                .filter(descriptor -> descriptor.clazz.getName().startsWith("io.jenkins.plugins.drbdocfs2."))
                .map(StepDescriptor::getFunctionName)
                .collect(Collectors.toSet());
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(path -> path.toString().endsWith(end)).sorted().toList();
        }
    }

    /** All scripts, by their place in the documents. */
    private static Map<String, String> scripts() throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (Path file : files("examples", "Jenkinsfile")) {
            scripts.put(file.toString(), Files.readString(file));
        }
        List<Path> manuals = new ArrayList<>(files("docs", ".md"));
        manuals.add(Path.of("README.md"));
        for (Path file : manuals) {
            Matcher found = FENCED.matcher(Files.readString(file));
            while (found.find()) {
                scripts.put(file + " at " + found.start(), found.group(1));
            }
        }
        for (Path file : files("src/main/resources/io/jenkins/plugins/drbdocfs2/steps", "help.html")) {
            Matcher found = PREFORMATTED.matcher(Files.readString(file));
            while (found.find()) {
                scripts.put(
                        file + " at " + found.start(),
                        found.group(1)
                                .replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&quot;", "\"")
                                .replace("&amp;", "&"));
            }
        }
        return scripts;
    }

    /** The calls of these functions in a script; their blocks become empty. */
    private static List<String> calls(String script, Set<String> functions) {
        List<String> lines = script.lines().toList();
        List<String> calls = new ArrayList<>();
        CodeVisitorSupport collector = new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                if (functions.contains(call.getMethodAsString())) {
                    ClosureExpression body = body(call);
                    calls.add(
                            body == null
                                    ? text(
                                            lines,
                                            call.getMethod(),
                                            call.getLastLineNumber(),
                                            call.getLastColumnNumber())
                                    : text(lines, call.getMethod(), body.getLineNumber(), body.getColumnNumber())
                                            + "{ }");
                }
                super.visitMethodCallExpression(call);
            }
        };
        for (ASTNode node : new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, script)) {
            if (node instanceof ClassNode type) {
                type.getMethods().stream()
                        .filter(method -> !List.of("main", "run").contains(method.getName()))
                        .forEach(method -> method.getCode().visit(collector));
            } else {
                node.visit(collector);
            }
        }
        return calls;
    }

    private static ClosureExpression body(MethodCallExpression call) {
        if (call.getArguments() instanceof ArgumentListExpression arguments
                && !arguments.getExpressions().isEmpty()
                && arguments.getExpression(arguments.getExpressions().size() - 1) instanceof ClosureExpression body) {
            return body;
        }
        return null;
    }

    private static String text(List<String> lines, Expression from, int lastLine, int lastColumn) {
        StringBuilder text = new StringBuilder();
        for (int line = from.getLineNumber(); line <= lastLine; line++) {
            String whole = lines.get(line - 1);
            int begin = line == from.getLineNumber() ? from.getColumnNumber() - 1 : 0;
            int end = line == lastLine ? Math.min(lastColumn - 1, whole.length()) : whole.length();
            text.append(whole, begin, end).append('\n');
        }
        return text.toString().strip();
    }

    /** Variables of a Jenkinsfile: texts, and objects with texts by name. */
    private static final class Variables extends Binding {
        @Override
        public boolean hasVariable(String name) {
            return true;
        }

        @Override
        public Object getVariable(String name) {
            return List.of("params", "env").contains(name) ? Map.of("LOGIN", "root") : "some-" + name;
        }
    }

    /** Creates the step of a call without running it. */
    private static Step step(JenkinsRule r, String call) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DelegatingScript.class.getName());
        DelegatingScript script = (DelegatingScript)
                new GroovyShell(r.jenkins.getPluginManager().uberClassLoader, new Variables(), configuration)
                        .parse(call);
        script.setDelegate(new Calls());
        Object made = script.run();
        assertThat(made).as(call).isInstanceOf(Step.class);
        return (Step) made;
    }

    /** Functions and symbols of a Jenkinsfile: creates the steps without running them, and their describable parameters. */
    private static final class Calls extends GroovyObjectSupport {
        @Override
        public Object invokeMethod(String name, Object args) {
            if (name.equals("readFile")) {
                return "resource r0 { }";
            }
            StepDescriptor descriptor = StepDescriptor.byFunctionName(name);
            try {
                return descriptor == null
                        ? new UninstantiatedDescribable(
                                name, null, named(UninstantiatedDescribable.ANONYMOUS_KEY, (Object[]) args))
                        : DescribableModel.of(descriptor.clazz)
                                .instantiate(named(alone(descriptor), (Object[]) args), null);
            } catch (Exception e) {
                throw new AssertionError(name, e);
            }
        }

        /** The name of the parameter that can be given without its name. */
        private static String alone(StepDescriptor descriptor) throws NoStaplerConstructorException {
            String[] names = new ClassDescriptor(descriptor.clazz).loadConstructorParamNames();
            return names.length == 1 ? names[0] : null;
        }

        private static Map<String, Object> named(String alone, Object... args) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (Object argument : args) {
                if (argument instanceof Map<?, ?> names) {
                    names.forEach((name, value) -> named.put(name.toString(), plain(value)));
                } else if (!(argument instanceof Closure)) {
                    assertThat(alone).as("the name of " + argument).isNotNull();
                    named.put(alone, plain(argument));
                }
            }
            return named;
        }
    }

    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(DocumentedCallsTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((name, of) -> plain.put(name, plain(of)));
            return plain;
        }
        return value instanceof GString text ? text.toString() : value;
    }

    @Test
    void snippetGeneratorGeneratesEveryDocumentedCall(JenkinsRule r) throws Exception {
        SnippetizerTester tester = new SnippetizerTester(r);
        Set<String> functions = functions();
        Set<String> shown = new LinkedHashSet<>();
        int calls = 0;
        for (Map.Entry<String, String> script : scripts().entrySet()) {
            for (String call : calls(script.getValue(), functions)) {
                Step step = step(r, call);
                try {
                    tester.assertRoundTrip(step, Snippetizer.object2Groovy(step));
                } catch (Exception | AssertionError e) {
                    throw new AssertionError(script.getKey() + ": " + call, e);
                }
                shown.add(step.getDescriptor().getFunctionName());
                calls++;
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(functions);
        assertThat(calls).isGreaterThan(100);
    }
}
