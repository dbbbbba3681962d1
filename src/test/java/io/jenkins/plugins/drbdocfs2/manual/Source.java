package io.jenkins.plugins.drbdocfs2.manual;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The source of the plugin as syntax trees of the compiler.
 *
 * @param units the files
 */
record Source(List<CompilationUnitTree> units) {
    private static final Path ROOT = Path.of("src/main/java");
    private static final Source PLUGIN = read();

    /** Reads the source. */
    static Source plugin() {
        return PLUGIN;
    }

    /** The classes of these packages, and of those below them, by their simple names. */
    Map<String, List<ClassTree>> classesIn(String... packageNames) {
        Map<String, List<ClassTree>> found = new HashMap<>();
        units.stream()
                .filter(unit -> Stream.of(packageNames)
                        .anyMatch(name -> (unit.getPackageName() + ".").contains("." + name + ".")))
                .forEach(unit -> unit.getTypeDecls().forEach(type -> remember(type, found)));
        return found;
    }

    /** The name of the called method, without its target. */
    static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree member
                ? member.getIdentifier().toString()
                : ((IdentifierTree) call.getMethodSelect()).getName().toString();
    }

    private static Source read() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new Source(units);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remember(Tree tree, Map<String, List<ClassTree>> classes) {
        if (tree instanceof ClassTree type) {
            classes.computeIfAbsent(type.getSimpleName().toString(), name -> new ArrayList<>())
                    .add(type);
            type.getMembers().forEach(member -> remember(member, classes));
        }
    }
}
