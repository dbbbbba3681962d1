package io.jenkins.plugins.drbdocfs2.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Damage to a text between its writer and its reader. Positions are relative to the length of the text, so that one
 * mutation applies to any text.
 *
 * @param edits applied one after the other
 */
public record Mutation(List<Edit> edits) {
    private static final int LONGEST_RUN = 20_000;
    private static final int HUGE = 1 << 20;

    /** One change of a text. */
    public enum Kind {
        DROP_LINE,
        DROP_PART,
        CUT_END,
        SWAP_LINES,
        REPEAT_LINE,
        REPLACE_CHARACTER,
        INSERT,
        INSERT_RUN,
        DUPLICATE_WORD,
        GROW(2 * HUGE),
        GROW_LINE(2 * HUGE);

        private final int longest;

        Kind() {
            this(HUGE / 8);
        }

        Kind(int longest) {
            this.longest = longest;
        }
    }

    /**
     * A change.
     *
     * @param kind the kind of change
     * @param at its position, 0 to 1
     * @param to its end or second position, 0 to 1
     * @param text the inserted text
     * @param times the number of repetitions
     */
    public record Edit(Kind kind, double at, double to, String text, int times) {}

    /** The mutated text. */
    public String of(String text) {
        String mutated = text;
        for (Edit edit : edits) {
            mutated = applied(edit, mutated);
            mutated = mutated.substring(0, Math.min(mutated.length(), edit.kind.longest));
        }
        return mutated;
    }

    private static String applied(Edit edit, String text) {
        int at = (int) (edit.at * text.length());
        int to = (int) (edit.to * text.length());
        return switch (edit.kind) {
            case DROP_LINE -> onLines(text, lines -> {
                lines.remove((int) (edit.at * lines.size()));
                return lines;
            });
            case SWAP_LINES -> onLines(text, lines -> {
                Collections.swap(lines, (int) (edit.at * lines.size()), (int) (edit.to * lines.size()));
                return lines;
            });
            case REPEAT_LINE -> onLines(text, lines -> {
                int line = (int) (edit.at * lines.size());
                lines.addAll(line, Collections.nCopies(edit.times, lines.get(line)));
                return lines;
            });
            case DROP_PART -> text.substring(0, Math.min(at, to)) + text.substring(Math.max(at, to));
            case CUT_END -> text.substring(0, at);
            case REPLACE_CHARACTER -> text.isEmpty()
                    ? text
                    : text.substring(0, at) + edit.text + text.substring(at + 1);
            case INSERT -> text.substring(0, at) + edit.text + text.substring(at);
            case INSERT_RUN -> text.substring(0, at)
                    + edit.text.repeat(LONGEST_RUN / edit.text.length())
                    + text.substring(at);
            case DUPLICATE_WORD -> {
                int start = text.lastIndexOf(' ', at) + 1;
                int end = text.indexOf(' ', at) < 0 ? text.length() : text.indexOf(' ', at);
                String word = text.substring(Math.min(start, end), end);
                yield text.substring(0, end) + (' ' + word).repeat(edit.times) + text.substring(end);
            }
            case GROW -> text.isEmpty()
                    ? edit.text.repeat(HUGE / edit.text.length())
                    : text.repeat(HUGE / text.length() + 1);
            case GROW_LINE -> onLines(text, lines -> {
                int line = (int) (edit.at * lines.size());
                String one = lines.get(line) + "\n";
                lines.addAll(line, Collections.nCopies(HUGE / one.length(), lines.get(line)));
                return lines;
            });
        };
    }

    private static String onLines(String text, Function<List<String>, List<String>> change) {
        return String.join("\n", change.apply(new ArrayList<>(Arrays.asList(text.split("\n", -1)))));
    }

    /** A few changes that keep the size of the text moderate. */
    public static Arbitrary<Mutation> any() {
        Arbitrary<Kind> kinds = Arbitraries.of(
                Kind.DROP_LINE,
                Kind.DROP_PART,
                Kind.CUT_END,
                Kind.SWAP_LINES,
                Kind.REPEAT_LINE,
                Kind.REPLACE_CHARACTER,
                Kind.INSERT,
                Kind.DUPLICATE_WORD);
        Arbitrary<Edit> small = edits(kinds);
        Arbitrary<Edit> edits =
                Arbitraries.frequencyOf(Tuple.of(60, small), Tuple.of(1, edits(Arbitraries.just(Kind.INSERT_RUN))));
        return edits.list().ofMinSize(1).ofMaxSize(6).map(Mutation::new).withoutEdgeCases();
    }

    /** Changes that grow the text to a mebibyte or more. */
    public static Arbitrary<Mutation> huge() {
        return Combinators.combine(any(), edits(Arbitraries.of(Kind.GROW, Kind.GROW_LINE)))
                .as((before, grow) -> {
                    List<Edit> all = new ArrayList<>(before.edits);
                    all.add(grow);
                    return new Mutation(all);
                })
                .withoutEdgeCases();
    }

    private static Arbitrary<Edit> edits(Arbitrary<Kind> kinds) {
        Arbitrary<Double> places = Arbitraries.integers().between(0, 999).map(n -> n / 1000.0);
        return Combinators.combine(
                        kinds,
                        places,
                        places,
                        HostileText.pieces(),
                        Arbitraries.integers().between(1, 40))
                .as(Edit::new);
    }
}
