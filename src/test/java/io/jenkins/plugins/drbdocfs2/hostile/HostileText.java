package io.jenkins.plugins.drbdocfs2.hostile;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that a careless program interprets instead of treating them as text. */
public final class HostileText {
    /** The fixed seed repeats the same tries in each run; more tries continue with new ones. */
    public static final String SEED = "20261122";

    /** A program that must never run. */
    public static final String CANARY = "canary";

    /** Special to shells, options, format strings, terminals and encodings. */
    private static final List<String> PIECES = List.of(
            "$(canary)",
            "`canary`",
            ";canary;",
            "\ncanary\n",
            "|canary",
            "&canary&",
            "&&canary",
            "||canary",
            "'$(canary)'",
            "';canary;'",
            "\";canary;\"",
            "\\';canary;",
            "${x:-$(canary)}",
            "$((canary))",
            "<(canary)",
            ">canary",
            "<canary",
            "}\ncanary\n{",
            ")canary(",
            ";; esac; canary",
            "\n)\ncanary\n(\n",
            "EOF\ncanary\n",
            "-o",
            "--force",
            "-",
            "--",
            "-e canary",
            "'",
            "\"",
            "''",
            "\\",
            "\\\n",
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "\0",
            "\u0001",
            "\u001b[2J",
            "\u001e",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u202e",
            "\ufeff",
            "é",
            "\ud83d\ude00",
            "\ud800",
            "\udc00",
            "%s%n",
            "%",
            "*",
            "?",
            "[a-z]",
            "{a,b}",
            "~",
            "!",
            "#",
            "=",
            ":",
            ",",
            "/",
            "//",
            "..",
            "/../",
            ".",
            "0",
            "-1",
            "4294967296",
            "9223372036854775808",
            "99999999999999999999",
            "0x",
            "nan",
            "null",
            "true",
            "(",
            "[",
            "{",
            "\"{\"",
            "a",
            "@@",
            "unknown",
            "Unknown");

    private HostileText() {}

    /** One piece. */
    public static Arbitrary<String> pieces() {
        return Arbitraries.of(PIECES);
    }

    /** All pieces. */
    public static List<String> all() {
        return PIECES;
    }

    /**
     * Texts of such pieces, alone or combined with a valid value.
     *
     * @param fine a valid value
     */
    public static Arbitrary<String> around(String valid) {
        Arbitrary<String> several =
                Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(6).map(pieces -> String.join("", pieces));
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12);
        Arbitrary<String> hostile = Arbitraries.frequencyOf(
                Tuple.of(4, pieces()), Tuple.of(4, several), Tuple.of(2, ascii), Tuple.of(1, anything));
        return Arbitraries.frequencyOf(
                Tuple.of(3, hostile),
                Tuple.of(3, hostile.map(text -> valid + text)),
                Tuple.of(1, hostile.map(text -> text + valid)),
                Tuple.of(3, hostile.flatMap(text -> Arbitraries.integers()
                        .between(0, valid.length())
                        .map(at -> valid.substring(0, at) + text + valid.substring(at)))));
    }
}
