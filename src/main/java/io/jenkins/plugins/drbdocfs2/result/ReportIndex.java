package io.jenkins.plugins.drbdocfs2.result;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The positions of the steps in a {@link ReportFile}. It reads only the new part of a file that has grown. */
final class ReportIndex {
    static final String BEGIN = "begin";
    static final String END = "end";

    private static final int HEAD = 100;
    private static final int BUFFER = 64 * 1024;
    private static final Pattern LINE =
            Pattern.compile("\\{\"(begin|end)\":\"([0-9a-f-]{36})\",(?:\"state\":\"([a-z-]{1,20})\",)?\"result\":.*");

    private final Path file;
    private final Map<String, ReportEntry> entries = new LinkedHashMap<>();
    private long read;
    private final boolean isTail;

    ReportIndex(Path file) {
        this(file, 0);
    }

    private ReportIndex(Path file, long start) {
        this.file = file;
        this.read = start;
        this.isTail = start > 0;
    }

    /** The steps that ended or began in the last bytes of a file. */
    static ReportEntries tail(Path file, long most) throws IOException {
        long size = Files.size(file);
        return new ReportIndex(file, size > most ? lineStart(file, size - most) : 0).update();
    }

    /** The start of the first line at or after a position. */
    private static long lineStart(Path file, long position) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.READ).position(position - 1);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER)) {
            long start = position - 1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                start++;
                if (b == '\n') {
                    break;
                }
            }
            return start;
        }
    }

    synchronized ReportEntries update() throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < read) {
            entries.clear();
            read = 0;
        }
        if (size > read) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.position(read);
                lines(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
            }
        }
        return new ReportEntries(new ArrayList<>(entries.values()), read);
    }

    /** Whether a step may end: it has begun, maybe before the part of the file that is read. */
    private boolean isOpen(ReportEntry known) {
        return known == null ? isTail : !known.hasEnded();
    }

    private void lines(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                line(new String(head, 0, Math.min(length, HEAD), StandardCharsets.ISO_8859_1), length);
                read += length + 1;
                length = 0;
            } else {
                if (length < HEAD) {
                    head[length] = (byte) b;
                }
                length++;
            }
        }
    }

    private void line(String head, int length) {
        Matcher line = LINE.matcher(head);
        if (!line.matches()) {
            return;
        }
        String id = line.group(2);
        ReportEntry known = entries.get(id);
        if (line.group(1).equals(BEGIN) && known == null) {
            entries.put(id, new ReportEntry(entries.size() + 1, id, read, length, null));
        } else if (line.group(1).equals(END) && line.group(3) != null && isOpen(known)) {
            int number = known == null ? entries.size() + 1 : known.number();
            entries.put(id, new ReportEntry(number, id, read, length, line.group(3)));
        }
    }
}
