package io.jenkins.plugins.drbdocfs2.manual;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The messages that the plugin can tell, found in its source at the places where they are made: refusals, failures,
 * parameters and texts that are wrong, what scripts on the nodes complain of, and notes.
 */
final class Messages {
    /** Which argument of an exception is the message. */
    private static final Map<String, Integer> THROWN = Map.of(
            "StepFailure/1", 0,
            "StepFailure/2", 0,
            "AbortException/1", 0,
            "BadKeyException/1", 0,
            "InvalidParameterException/2", 1,
            "RemoteException/4", 2,
            "TextFormatException/1", 0,
            "TextFormatException/3", 2,
            "IllegalArgumentException/1", 0);

    /** Which argument of a method is the message. */
    private static final Map<String, Integer> TOLD = Map.of(
            "found/1", 0,
            "fault/3", 1,
            "fault/4", 2,
            "sudo/2", 0,
            "agentLost/2", 0,
            "wrong/1", 0,
            "error/1", 0);

    /** Which argument of a method is the rule that a parameter breaks. */
    private static final Map<String, Integer> RULES = Map.of("that/4", 3, "matches/4", 3, "wrong/3", 2);

    /** Whose complaints of a tool's output nobody reads: they are taken for an unknown fact. */
    private static final Set<String> UNHEARD = Set.of(
            "DrbdStateProbe",
            "Events2",
            "StatusJson",
            "ProcDrbd",
            "DrbdVersion",
            "GenerationIds",
            "ClusterConf",
            "DrbdDumpParser");

    /** Who tells a user of a wrong argument, where else only the programmer is told. */
    private static final Set<String> HEARD = Set.of("PinnedHostKeys");

    /** A note that is a warning; what follows a colon only explains it, where there is enough before. */
    private static final Pattern WARNING = Pattern.compile("(?s)(?<=^warning: )([^:]*).*");

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[\\w)'`%\u2026])\\.(?=\\s+[A-Z`'\"\u2026]|\\s*$)");
    private static final Pattern SHELL = Pattern.compile("\\bfail \"([^\"]+)\"|\\becho \"([^\"]+)\" >&2");
    private static final Pattern SHELL_VALUE = Pattern.compile("\\$(\\{[^}]*\\}|\\([^()]*\\)|\\w+|[*?])");
    // in files of shell; "changed" adds its own end, and who uses a place is told by umount
    private static final Pattern CHANGED = Pattern.compile("\\bchanged \"([^\"]+)\"");
    private static final Pattern USER = Pattern.compile("\\becho \"([^\"]+)\"(?! >&2)");
    private static final int LEAST_LETTERS = 4;

    /**
     * A message.
     *
     * @param text its first sentence, with {@link Texts#HOLE} for what is known only at run time
     * @param places where it is made
     * @param isNote whether it only tells something, and fails no step
     */
    record Message(String text, Set<String> places, boolean isNote) {}

    private final Texts texts = new Texts(Source.plugin().classes());
    private final Map<String, Message> found = new TreeMap<>();

    private Messages() {}

    /** All of them, by text. */
    static Collection<Message> all() {
        Messages messages = new Messages();
        Source.plugin().units().forEach(unit -> messages.new Finder(unit).scan(unit, null));
        messages.shellFiles();
        return messages.found.values();
    }

    private void shellFiles() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sh")).toList()) {
                shell(String.valueOf(file.getFileName()), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shell(String name, String text) {
        String known = SHELL_VALUE.matcher(text).replaceAll(Texts.HOLE);
        SHELL.matcher(known).results().forEach(said -> {
            String words = said.group(1) == null ? said.group(2) : said.group(1);
            if (!words.startsWith(Texts.HOLE + "; ")) {
                add(words, name, false);
            }
        });
        CHANGED.matcher(known).results().forEach(said -> add(said.group(1) + "; it is as it was", name, false));
        if (name.equals("mount-users.sh")) {
            USER.matcher(known).results().forEach(said -> add("in use by " + said.group(1), name, false));
        }
    }

    /** How many letters of a text are not known at run time only. */
    static int letters(String text) {
        return (int) text.chars().filter(Character::isLetter).count();
    }

    private void add(String text, String place, boolean isNote) {
        String telling =
                text.replaceFirst("^" + Texts.HOLE + " must ", "").replaceFirst(", but is " + Texts.HOLE + "$", "");
        if (letters(telling) >= LEAST_LETTERS) {
            found.computeIfAbsent(text, key -> new Message(text, new TreeSet<>(), isNote))
                    .places()
                    .add(place);
        }
    }

    private static String firstSentence(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        return (end.find() ? text.substring(0, end.start()) : text).strip();
    }

    private final class Finder extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;

        Finder(CompilationUnitTree unit) {
            this.unit = unit;
        }

        @Override
        public Void visitNewClass(NewClassTree made, Void nothing) {
            List<? extends ExpressionTree> given = made.getArguments();
            Integer index = THROWN.get(made.getIdentifier() + "/" + given.size());
            if (index != null && isHeard(made.getIdentifier().toString())) {
                sentences(given.get(index), made, false);
            }
            return super.visitNewClass(made, nothing);
        }

        private boolean isHeard(String exception) {
            return switch (exception) {
                case "TextFormatException" -> !UNHEARD.contains(outermost());
                case "IllegalArgumentException" -> HEARD.contains(outermost());
                default -> true;
            };
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            List<? extends ExpressionTree> given = call.getArguments();
            String key = Source.name(call) + "/" + given.size();
            if (RULES.containsKey(key)) {
                for (String rule : evaluated(given.get(RULES.get(key)))) {
                    add(Texts.HOLE + " must " + rule + ", but is " + Texts.HOLE, place(call), false);
                }
            } else if (key.equals("add/5") && given.get(1).toString().contains("Level.")) {
                sentences(given.get(3), call, !given.get(1).toString().contains("FAULT"));
            } else if (TOLD.containsKey(key)) {
                sentences(given.get(TOLD.get(key)), call, false);
            } else if (key.equals("note/1") || key.equals("of/1") && isIn("notes")) {
                sentences(given.get(0), call, true);
            }
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            embedded(literal);
            return super.visitLiteral(literal, nothing);
        }

        @Override
        public Void visitBinary(BinaryTree binary, Void nothing) {
            boolean whole = !(getCurrentPath().getParentPath().getLeaf() instanceof BinaryTree);
            if (whole && binary.getKind() == Tree.Kind.PLUS) {
                embedded(binary);
            }
            return super.visitBinary(binary, nothing);
        }

        /** What scripts for the nodes say on standard error, and warnings. */
        private void embedded(ExpressionTree text) {
            for (String each : evaluated(text)) {
                Matcher warning = WARNING.matcher(each);
                if (warning.find()) {
                    boolean telling = letters(warning.group(1)) >= LEAST_LETTERS;
                    add(firstSentence(telling ? warning.group(1) : warning.group()), place(text), false);
                }
                Matcher said = SHELL.matcher(SHELL_VALUE.matcher(each).replaceAll(Texts.HOLE));
                while (said.find()) {
                    add(said.group(1) == null ? said.group(2) : said.group(1), place(text), false);
                }
            }
        }

        private void sentences(ExpressionTree text, Tree at, boolean isNote) {
            evaluated(text).forEach(each -> add(firstSentence(each), place(at), isNote));
        }

        private Set<String> evaluated(ExpressionTree text) {
            return texts.of(text, enclosing(ClassTree.class), enclosing(MethodTree.class));
        }

        private boolean isIn(String method) {
            MethodTree around = enclosing(MethodTree.class);
            return around != null && around.getName().contentEquals(method);
        }

        private String place(Tree tree) {
            return Source.plugin().place(unit, tree);
        }

        private String outermost() {
            return ((ClassTree) unit.getTypeDecls().get(0)).getSimpleName().toString();
        }

        private <T extends Tree> T enclosing(Class<T> type) {
            for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
                if (type.isInstance(path.getLeaf())) {
                    return type.cast(path.getLeaf());
                }
            }
            return null;
        }
    }
}
