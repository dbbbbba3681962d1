package io.jenkins.plugins.drbdocfs2.runner.engine;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import hudson.model.Describable;
import hudson.model.TaskListener;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterNode;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterSession;
import io.jenkins.plugins.drbdocfs2.jenkins.HostKeyStrategy;
import io.jenkins.plugins.drbdocfs2.operation.guard.ParameterRules;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.runner.binding.Model;
import io.jenkins.plugins.drbdocfs2.runner.binding.SymbolCall;
import io.jenkins.plugins.drbdocfs2.runner.binding.Symbols;
import io.jenkins.plugins.drbdocfs2.runner.steps.BuiltIns;
import io.jenkins.plugins.drbdocfs2.steps.ClusterStep;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import io.jenkins.plugins.drbdocfs2.steps.WithNodeInMaintenanceStep;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Runs a Jenkinsfile without nodes: the binding of the runner creates each step from its arguments, and the parameters
 * are checked as before any access to a node. An argument without a parameter, which is only a warning in Jenkins, is an
 * error here; so is a key that the result of a step does not have.
 */
public final class Rehearsal {
    /** The nodes of a snippet outside withClusterNodes. */
    private static final List<Node> NODES =
            List.of(new Node("sv1", "sv1", 22, "192.168.0.1"), new Node("sv2", "sv2", 22, "192.168.0.2"));

    private final Map<String, String> files;
    private final Map<String, Keys> results;
    private final List<Call> calls = new ArrayList<>();
    private List<Node> nodes = NODES;

    /**
     * The keys of the result of a step.
     *
     * @param whole the keys of the result itself
     * @param ofNode the keys of each node
     */
    public record Keys(Set<String> whole, Set<String> ofNode) {}

    /**
     * A call of a step or symbol.
     *
     * @param name its name
     * @param arguments its arguments, by name
     */
    public record Call(String name, Map<String, Object> arguments) {}

    /**
     * For several scripts that share the calls.
     *
     * @param files the texts of {@code readFile}, by path
     * @param results the keys of each result, by the name of the step
     */
    public Rehearsal(Map<String, String> files, Map<String, Keys> results) {
        BuiltIns.register();
        this.files = files;
        this.results = results;
    }

    /** The calls so far. */
    public List<Call> calls() {
        return calls;
    }

    /** Runs a script; throws if anything in it is wrong. */
    public void run(String script) {
        compile(script).run();
    }

    /** The arguments in a text such as {@code port: 7790, protocol: 'C'}. */
    @SuppressWarnings("unchecked") // a map literal evaluates to a map
    public Map<String, Object> arguments(String text) {
        return (Map<String, Object>) compile("[" + text + "]").run();
    }

    /**
     * Creates an object; throws if an argument has a wrong type, has no parameter, or has a value that is not allowed.
     * Values that are known only at run time are not checked.
     */
    public Object make(Class<?> type, Map<String, Object> arguments) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        TaskListener listener = () -> new PrintStream(log, true, StandardCharsets.UTF_8);
        Object made = Model.of(type).instantiate(arguments, listener);
        if (log.size() > 0) {
            throw new IllegalArgumentException(
                    log.toString(StandardCharsets.UTF_8).strip());
        }
        boolean known = arguments.values().stream()
                .noneMatch(value -> String.valueOf(value).contains(Sample.TEXT));
        if (made instanceof ClusterStep step && known) {
            check(step);
        } else if (made instanceof HostKeyStrategy strategy) {
            strategy.toHostKeys();
        } else if (made instanceof WithNodeInMaintenanceStep step && known) {
            step.begin(List.of()).check(nodes);
        } else if (made instanceof WithClusterNodesStep step) {
            check(step, arguments.containsKey("cluster"));
        }
        return made;
    }

    private void check(ClusterStep step) {
        List<String> names = ParameterRules.words(step.getNodes());
        List<Node> chosen = nodes.stream()
                .filter(node -> names.isEmpty() || names.contains(node.name()))
                .toList();
        if (chosen.size() < names.size()) {
            throw new IllegalArgumentException("nodes names others than " + nodes + ": " + names);
        }
        step.operation().check(chosen);
    }

    // The named cluster of an example is configured in Jenkins only; any list of nodes can replace it here.
    private static void check(WithClusterNodesStep step, boolean named) {
        if (named) {
            step.setCluster(null);
            step.setNodes(List.of(new ClusterNode("sv1", "192.0.2.1"), new ClusterNode("sv2", "192.0.2.2")));
        }
        ClusterSession.of(step, false, null, true, null);
    }

    /** Calls a step and returns a sample of its result. */
    Object call(StepDescriptor descriptor, Object given) {
        if (descriptor instanceof OwnArguments) {
            Arguments.parse(given, false, null, false).named().values().forEach(Rehearsal::callIfClosure);
            return Sample.ANY;
        }
        Arguments arguments =
                Arguments.parse(given, descriptor.takesImplicitBlockArgument(), Model.of(descriptor.clazz));
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        named.replaceAll((name, value) -> value instanceof Sample ? value.toString() : value);
        Object step = make(descriptor.clazz, named);
        calls.add(new Call(descriptor.getFunctionName(), named));
        if (descriptor.getFunctionName().equals("readFile")) {
            return text(String.valueOf(named.get("file")));
        }
        if (arguments.body() != null) {
            within(step, arguments.body());
        }
        Keys keys = results.get(descriptor.getFunctionName());
        return step instanceof ClusterStep && keys != null ? Sample.of(descriptor.getFunctionName(), keys) : Sample.ANY;
    }

    private String text(String file) {
        if (!files.containsKey(file)) {
            throw new IllegalArgumentException(
                    "There is no file " + file + " for readFile; there are " + files.keySet());
        }
        return files.get(file);
    }

    private void within(Object step, Closure<?> body) {
        List<Node> around = nodes;
        if (step instanceof WithClusterNodesStep with && !with.getNodes().isEmpty()) {
            nodes = with.getNodes().stream().map(ClusterNode::toNode).toList();
        }
        body.call();
        nodes = around;
    }

    static void callIfClosure(Object value) {
        if (value instanceof Closure<?> closure) {
            closure.call();
        }
    }

    private Script compile(String text) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(RehearsedScript.class.getName());
        configuration.addCompilationCustomizers(new AssertsUntested());
        GroovyShell shell = new GroovyShell(Rehearsal.class.getClassLoader(), new Binding(), configuration);
        RehearsedScript script = (RehearsedScript) shell.parse(text);
        script.setRehearsal(this);
        return script;
    }

    /** A call of a symbol; the parameter that accepts it creates the object. */
    SymbolCall symbol(String name, Object given) {
        Model model = Model.of(Symbols.find(Describable.class, name));
        calls.add(new Call(name, Arguments.parse(given, false, model).named()));
        return new SymbolCall(
                name, Arguments.parse(given, false, Model.ANONYMOUS, false).named());
    }
}
