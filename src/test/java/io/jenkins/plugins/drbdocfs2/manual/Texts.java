package io.jenkins.plugins.drbdocfs2.manual;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Which texts an expression of the source can become: literals as they are, {@link #HOLE} for what is known only at run
 * time. Follows string constants, local variables, conditions, and methods of the same class or of a class named in the
 * call.
 */
final class Texts {
    /** Stands for whatever is put in at run time. */
    static final String HOLE = "\u2026";

    /** What they give is different each time. */
    private static final Set<String> NOT_FOLLOWED = Set.of("Durations", "KnownHosts", "Check", "Sh");

    private static final int DEEPEST = 6;
    private static final int MOST = 64;

    private final Map<String, List<ClassTree>> classes;

    /** @param classes all classes of the source by their simple names */
    Texts(Map<String, List<ClassTree>> classes) {
        this.classes = classes;
    }

    /**
     * All texts that an expression can become.
     *
     * @param type the class that it stands in
     * @param method the method that it stands in, or null
     */
    Set<String> of(ExpressionTree expression, ClassTree type, MethodTree method) {
        return of(expression, new Place(type, method, 0));
    }

    private record Place(ClassTree type, MethodTree method, int depth) {
        Place in(ClassTree other, MethodTree called) {
            return new Place(other, called, depth + 1);
        }
    }

    private Set<String> of(Tree tree, Place place) {
        if (tree == null || place.depth > DEEPEST) {
            return Set.of(HOLE);
        } else if (tree instanceof LiteralTree literal) {
            return literal.getValue() == null ? Set.of() : Set.of(String.valueOf(literal.getValue()));
        } else if (tree instanceof ParenthesizedTree inner) {
            return of(inner.getExpression(), place);
        } else if (tree instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            return joined(of(binary.getLeftOperand(), place), of(binary.getRightOperand(), place));
        } else if (tree instanceof ConditionalExpressionTree condition) {
            Set<String> either =
                    union(of(condition.getTrueExpression(), place), of(condition.getFalseExpression(), place));
            return either.equals(Set.of("", HOLE)) ? Set.of(HOLE) : either;
        } else if (tree instanceof SwitchExpressionTree choice) {
            return ofAll(results(choice), place);
        } else if (tree instanceof IdentifierTree name) {
            return ofName(name.getName().toString(), place);
        } else if (tree instanceof MemberSelectTree member) {
            return ofMember(member, place);
        } else if (tree instanceof MethodInvocationTree call) {
            return ofCall(call, place);
        }
        return Set.of(HOLE);
    }

    private Set<String> ofAll(List<? extends Tree> trees, Place place) {
        Set<String> all = new LinkedHashSet<>();
        trees.forEach(tree -> all.addAll(of(tree, place)));
        return all.isEmpty() ? Set.of(HOLE) : all;
    }

    private Set<String> ofName(String name, Place place) {
        VariableTree variable = place.method == null ? null : local(place.method, name);
        VariableTree known = variable != null ? variable : constant(place.type, name);
        boolean isText = known != null
                && known.getInitializer() != null
                && known.getInitializer().getKind() != Tree.Kind.NULL_LITERAL
                && Set.of("String", "int", "long").contains(String.valueOf(known.getType()));
        boolean isPlain =
                isText && (known != variable || known.getType().toString().equals("String"));
        return isPlain ? of(known.getInitializer(), place.in(place.type, place.method)) : Set.of(HOLE);
    }

    private Set<String> ofMember(MemberSelectTree member, Place place) {
        String name = member.getIdentifier().toString();
        for (ClassTree owner : classes.getOrDefault(member.getExpression().toString(), List.of())) {
            VariableTree constant = constant(owner, name);
            if (constant != null && constant.getInitializer() != null) {
                return of(constant.getInitializer(), place.in(owner, null));
            }
        }
        return Set.of(HOLE);
    }

    private Set<String> ofCall(MethodInvocationTree call, Place place) {
        Tree called = call.getMethodSelect();
        if (called instanceof IdentifierTree name) {
            return ofMethod(place.type, name.getName().toString(), call, place);
        }
        MemberSelectTree member = (MemberSelectTree) called;
        String name = member.getIdentifier().toString();
        String receiver = member.getExpression().toString();
        if (receiver.equals("String") && name.equals("format")) {
            return format(of(call.getArguments().get(1), place));
        } else if (name.equals("strip")) {
            return mapped(of(member.getExpression(), place), String::strip);
        } else if (classes.containsKey(receiver) && !NOT_FOLLOWED.contains(receiver)) {
            return classes.get(receiver).stream()
                    .map(owner -> ofMethod(owner, name, call, place))
                    .filter(texts -> !texts.equals(Set.of(HOLE)))
                    .findFirst()
                    .orElse(Set.of(HOLE));
        }
        return Set.of(HOLE);
    }

    private Set<String> ofMethod(ClassTree owner, String name, MethodInvocationTree call, Place place) {
        for (Tree member : owner.getMembers()) {
            if (member instanceof MethodTree method
                    && method.getName().contentEquals(name)
                    && method.getParameters().size() == call.getArguments().size()
                    && method.getBody() != null
                    && String.valueOf(method.getReturnType()).equals("String")) {
                return ofAll(returned(method), place.in(owner, method));
            }
        }
        return Set.of(HOLE);
    }

    private static Set<String> format(Set<String> patterns) {
        return mapped(patterns, pattern -> pattern.replaceAll("%[-0-9.]*[a-zA-Z]", HOLE)
                .replace("%%", "%"));
    }

    private static Set<String> mapped(Set<String> texts, Function<String, String> change) {
        Set<String> changed = new LinkedHashSet<>();
        texts.forEach(text -> changed.add(change.apply(text)));
        return changed;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Set<String> joined(Set<String> heads, Set<String> tails) {
        if (heads.size() * tails.size() > MOST) {
            return joined(heads, Set.of(HOLE));
        }
        Set<String> all = new LinkedHashSet<>();
        for (String head : heads.isEmpty() ? Set.of("") : heads) {
            for (String tail : tails.isEmpty() ? Set.of("") : tails) {
                all.add((head + tail).replaceAll(HOLE + HOLE + "+", HOLE));
            }
        }
        return all;
    }

    private static VariableTree local(MethodTree method, String name) {
        return first(method, VariableTree.class, (variable, inLambda) -> variable.getName()
                .contentEquals(name));
    }

    private static VariableTree constant(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(variable -> variable.getName().contentEquals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<ExpressionTree> returned(MethodTree method) {
        return all(method, ReturnTree.class, (tree, inLambda) -> !inLambda).stream()
                .map(ReturnTree::getExpression)
                .toList();
    }

    private static List<Tree> results(SwitchExpressionTree choice) {
        List<Tree> results = new ArrayList<>();
        for (CaseTree branch : choice.getCases()) {
            if (branch.getBody() instanceof ExpressionTree result) {
                results.add(result);
            } else {
                all(branch, YieldTree.class, (tree, inLambda) -> !inLambda)
                        .forEach(tree -> results.add(tree.getValue()));
            }
        }
        return results;
    }

    private static <T extends Tree> T first(Tree root, Class<T> type, BiPredicate<T, Boolean> wanted) {
        List<T> found = all(root, type, wanted);
        return found.isEmpty() ? null : found.get(0);
    }

    /** All trees of a type below a root; the predicate is told whether they stand in a lambda. */
    private static <T extends Tree> List<T> all(Tree root, Class<T> type, BiPredicate<T, Boolean> wanted) {
        List<T> found = new ArrayList<>();
        root.accept(
                new TreeScanner<Void, Boolean>() {
                    @Override
                    public Void scan(Tree tree, Boolean inLambda) {
                        boolean inside = inLambda || tree instanceof LambdaExpressionTree;
                        if (type.isInstance(tree) && wanted.test(type.cast(tree), inLambda)) {
                            found.add(type.cast(tree));
                        }
                        return super.scan(tree, inside);
                    }
                },
                false);
        return found;
    }
}
