package io.jenkins.plugins.drbdocfs2.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of messages, docs/troubleshooting.md. The first cell of a row has one or more messages in code, with what is
 * known at run time only in angle brackets: {@code there is no device <device>}.
 */
final class Troubleshooting {
    /** Where it is. */
    static final Path FILE = Path.of("docs/troubleshooting.md");

    private static final Pattern CODE = Pattern.compile("(`+)(.+?)(?<!`)\\1(?!`)");
    private static final Pattern VARIABLE = Pattern.compile("<[^<>]+>");
    private static final double LEAST_SHARE = 0.5;

    // what stands for something in a row: some words, or whatever holds something that is known at run time only
    private static final String ANYTHING =
            "(?:[^" + Texts.HOLE + "]{0,40}?|[^" + Texts.HOLE + "]*?" + Texts.HOLE + ".*?)";

    /**
     * A message in a row.
     *
     * @param line the number of the line in the file
     * @param text the message as it stands there
     * @param cells all cells of the row
     * @param parts what is the same each time
     * @param pattern the parts with anything between them
     */
    record Row(int line, String text, List<String> cells, List<String> parts, Pattern pattern) {
        static Row of(int line, String text, List<String> cells) {
            List<String> parts =
                    List.of(VARIABLE.matcher(text).replaceAll(Texts.HOLE).split(Texts.HOLE, -1));
            String regex = parts.stream().map(Pattern::quote).collect(Collectors.joining(ANYTHING));
            return new Row(line, text, cells, parts, Pattern.compile(regex, Pattern.DOTALL));
        }

        /** Whether a message of the source is meant; what the row leaves open must not be most of it. */
        boolean means(String message) {
            return parts.stream().allMatch(message::contains)
                    && pattern.matcher(message).matches()
                    && Messages.letters(String.join("", parts)) >= LEAST_SHARE * Messages.letters(message);
        }
    }

    private Troubleshooting() {}

    /** All rows. */
    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(FILE);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean inTable = line.startsWith("|") && !line.startsWith("| ---") && !line.startsWith("| Message");
            if (inTable) {
                List<String> cells = List.of(line.substring(1).split("(?<!\\\\)\\|")).stream()
                        .map(String::strip)
                        .toList();
                Matcher code = CODE.matcher(cells.get(0).replace("\\|", "|"));
                while (code.find()) {
                    rows.add(Row.of(i + 1, code.group(2).strip(), cells));
                }
            }
        }
        return rows;
    }
}
