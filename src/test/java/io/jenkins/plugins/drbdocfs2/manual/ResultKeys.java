package io.jenkins.plugins.drbdocfs2.manual;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that an operation puts into its result, found in its source: in its methods named {@code report}, in all
 * methods that these call by name, and in those of its interfaces.
 */
final class ResultKeys {
    private final Map<String, List<ClassTree>> classes = Source.plugin().classesIn("operation", "engine");
    private final Set<String> keys = new TreeSet<>();
    private final Set<String> visited = new HashSet<>();

    private ResultKeys() {}

    /** The keys of the result of the operation whose class has this name. */
    static Set<String> of(String operation) {
        ResultKeys found = new ResultKeys();
        found.visit(operation, "report");
        boolean tellsOfUnreachable = found.classes.getOrDefault(operation, List.of()).stream()
                .flatMap(type -> methods(type, "nodeRequirement"))
                .anyMatch(method -> method.toString().contains("ANY"));
        if (tellsOfUnreachable) {
            found.visit("UnreachedNodes", "report");
        }
        return found.keys;
    }

    /** The keys of the state of a DRBD resource. */
    static Set<String> ofResource() {
        ResultKeys found = new ResultKeys();
        found.visit("ResourceReport", "of");
        return found.keys;
    }

    private void visit(String className, String methodName) {
        if (visited.add(className + "." + methodName)) {
            classes.getOrDefault(className, List.of())
                    .forEach(type -> visit(className, type, methodName, new HashSet<>()));
        }
    }

    /** @param overridden the parameter types of the methods that override those of this type */
    private void visit(String className, ClassTree type, String methodName, Set<String> overridden) {
        methods(type, methodName)
                .filter(method -> overridden.add(takes(method)))
                .forEach(method -> method.accept(new Scanner(className), null));
        for (Tree inherited : type.getImplementsClause()) {
            classes.getOrDefault(inherited.toString(), List.of())
                    .forEach(from -> visit(className, from, methodName, overridden));
        }
    }

    private static Stream<MethodTree> methods(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(method -> method.getName().contentEquals(name));
    }

    private static String takes(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.getType().toString())
                .collect(Collectors.joining(","));
    }

    private final class Scanner extends TreeScanner<Void, Void> {
        private final String className;

        Scanner(String className) {
            this.className = className;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            List<? extends ExpressionTree> given = call.getArguments();
            String name = Source.name(call);
            String receiver = call.getMethodSelect() instanceof MemberSelectTree member
                    ? className(member.getExpression())
                    : className;
            visit(receiver, name);
            if (name.equals("put")) {
                literal(given.get(receiver.equals(className) ? 1 : 0));
            } else if (name.equals("of") && receiver.equals("Map") && !given.isEmpty()) {
                literal(given.get(0));
            } else if (name.equals("of") && receiver.equals("List")) {
                given.forEach(this::literal);
            }
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree reference, Void nothing) {
            visit(
                    className(reference.getQualifierExpression()),
                    reference.getName().toString());
            return super.visitMemberReference(reference, nothing);
        }

        /** The name of the class on which a method is called, if it can be read. */
        private String className(ExpressionTree receiver) {
            if (receiver instanceof NewClassTree made) {
                return made.getIdentifier().toString();
            }
            return receiver.toString().equals("this") ? className : receiver.toString();
        }

        private void literal(ExpressionTree key) {
            if (key instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                keys.add(text);
            }
        }
    }
}
