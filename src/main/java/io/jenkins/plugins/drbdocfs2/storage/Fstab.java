package io.jenkins.plugins.drbdocfs2.storage;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file fstab(5). Changes give a new one, in which every other line is as it was, to the letter; lines that are no
 * entries stay too.
 *
 * @param text the whole file
 */
public record Fstab(String text) implements Serializable {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    /** The entries, in order. */
    public List<FstabEntry> entries() {
        return lines().stream().map(Fstab::entry).filter(Objects::nonNull).toList();
    }

    /** The entry for a mount point; the first if there are several. */
    public Optional<FstabEntry> at(String mountPoint) {
        return entries().stream()
                .filter(entry -> entry.mountPoint().equals(mountPoint))
                .findFirst();
    }

    /** The entries for a device as it is written there; one named by UUID or LABEL is not found by its path. */
    public List<FstabEntry> of(String device) {
        return entries().stream().filter(entry -> entry.device().equals(device)).toList();
    }

    /**
     * Puts an entry in place of the one for the same mount point, or at the end. A line that says the same already stays
     * as it is; further entries for the mount point go.
     */
    public Fstab with(FstabEntry wanted) {
        List<String> lines = new ArrayList<>();
        boolean there = false;
        for (String line : lines()) {
            FstabEntry entry = entry(line);
            if (entry == null || !entry.mountPoint().equals(wanted.mountPoint())) {
                lines.add(line);
            } else if (!there) {
                lines.add(entry.equals(wanted) ? line : wanted.render() + lineEnd(line));
                there = true;
            }
        }
        String all = String.join("", lines);
        if (there) {
            return new Fstab(all);
        }
        return new Fstab(all + (all.isEmpty() || all.endsWith("\n") ? "" : "\n") + wanted.render() + "\n");
    }

    /** Takes away every entry for a mount point. */
    public Fstab without(String mountPoint) {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> {
            FstabEntry entry = entry(line);
            return entry != null && entry.mountPoint().equals(mountPoint);
        });
        return new Fstab(String.join("", lines));
    }

    /** The lines with their line ends. */
    private List<String> lines() {
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

    private static FstabEntry entry(String line) {
        String content = line.strip();
        String[] fields = BLANKS.split(content);
        if (content.startsWith("#") || fields.length < 3) {
            return null;
        }
        return new FstabEntry(
                Octal.decode(fields[0]),
                Octal.decode(fields[1]),
                Octal.decode(fields[2]),
                fields.length > 3 ? Octal.decode(fields[3]) : "defaults",
                number(fields, 4),
                number(fields, 5));
    }

    private static int number(String[] fields, int index) {
        return fields.length > index && fields[index].matches("\\d{1,9}") ? Integer.parseInt(fields[index]) : 0;
    }
}
