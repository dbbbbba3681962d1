package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file fstab(5). A change returns a new one, in which all other lines are exactly the same, including lines that are
 * not entries.
 *
 * @param text the whole file
 */
public record Fstab(String text) implements Serializable {
    /** The path of the file. */
    public static final String PATH = "/etc/fstab";

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    /**
     * A line.
     *
     * @param number counted from 1
     * @param text with its line end
     * @param entry its entry; null for a comment or an unreadable line
     * @param sound whether mount(8) and systemd read the same: one of them reads a comment at its end, or a Windows line
     *     end after the options, as a part of it
     */
    public record Line(int number, String text, FstabEntry entry, boolean sound) implements Serializable {}

    /** All lines. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String text : texts()) {
            lines.add(line(lines.size() + 1, text));
        }
        return lines;
    }

    /** The entries, in order. */
    public List<FstabEntry> entries() {
        return lines().stream().map(Line::entry).filter(Objects::nonNull).toList();
    }

    /** The lines for a mount point, in any notation of its path. */
    public List<Line> linesAt(Set<String> mountPoints) {
        Set<String> places = new HashSet<>();
        mountPoints.forEach(place -> places.add(plain(place)));
        return lines().stream()
                .filter(line -> line.entry != null && places.contains(plain(line.entry.mountPoint())))
                .toList();
    }

    /** Replaces these lines by one entry, or adds it at the end if there are none. An equivalent line is kept. */
    public Fstab with(FstabEntry wanted, List<Line> instead) {
        StringBuilder all = new StringBuilder();
        boolean there = false;
        for (Line line : lines()) {
            if (!instead.contains(line)) {
                all.append(line.text);
            } else if (!there) {
                all.append(line.sound && wanted.equals(line.entry) ? line.text : wanted.render() + lineEnd(line.text));
                there = true;
            }
        }
        if (!there) {
            boolean ended = all.isEmpty() || all.charAt(all.length() - 1) == '\n';
            all.append(ended ? "" : "\n").append(wanted.render()).append('\n');
        }
        return new Fstab(all.toString());
    }

    /** Removes these lines. */
    public Fstab without(List<Line> gone) {
        List<Line> lines = new ArrayList<>(lines());
        lines.removeAll(gone);
        return new Fstab(String.join("", lines.stream().map(Line::text).toList()));
    }

    /** A path as systemd and mount(8) compare it: without repeated slashes, those at its end, and {@code /./}. */
    static String plain(String path) {
        if (!path.startsWith("/")) {
            return path;
        }
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return "/" + String.join("/", parts);
    }

    /** The lines with their line ends. */
    private List<String> texts() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }

    private static String lineEnd(String line) {
        return line.substring(line.stripTrailing().length()).replaceAll("[ \t]", "");
    }

    private static Line line(int number, String text) {
        String content = text.strip();
        String[] fields = BLANKS.split(content);
        if (content.startsWith("#") || fields.length < 2) {
            return new Line(number, text, null, false);
        }
        FstabEntry entry = new FstabEntry(
                OctalEscapes.decode(fields[0]),
                OctalEscapes.decode(fields[1]),
                fields.length > 2 ? OctalEscapes.decode(fields[2]) : "",
                fields.length > 3 ? OctalEscapes.decode(fields[3]) : "defaults",
                number(fields, 4),
                number(fields, 5));
        boolean numbers = Stream.of(fields).skip(4).limit(2).allMatch(field -> field.matches("\\d{1,9}"));
        return new Line(
                number, text, entry, numbers && fields.length > 2 && (fields.length > 4 || !text.endsWith("\r\n")));
    }

    private static int number(String[] fields, int index) {
        return fields.length > index && fields[index].matches("\\d{1,9}") ? Integer.parseInt(fields[index]) : 0;
    }
}
