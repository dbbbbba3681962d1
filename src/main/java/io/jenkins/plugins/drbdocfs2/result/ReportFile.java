package io.jenkins.plugins.drbdocfs2.result;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The file with the steps of a build. It is append-only, with a line of JSON at the start and one at the end of each step,
 * so that it stays readable after a crash; the next writer removes a truncated line. Results are read one by one.
 *
 * <pre>
 * {"begin":"ID","result":{...}}
 * {"end":"ID","state":"changed","result":{...}}
 * </pre>
 */
public final class ReportFile {
    private final Path file;
    private final ReportIndex index;

    /** @param file the path; it is created with the first step */
    public ReportFile(Path file) {
        this.file = file;
        this.index = new ReportIndex(file);
    }

    /**
     * Records the start of a step.
     *
     * @param id the ID of the step; a UUID
     * @param result its name and subject
     * @throws IOException if it cannot be written
     */
    public void begin(String id, Map<String, Object> result) throws IOException {
        append("{\"" + ReportIndex.BEGIN + "\":\"" + id + "\",\"result\":" + Json.line(result) + "}\n");
    }

    /**
     * Records the end of a step.
     *
     * @param id the ID of the step
     * @param result its result
     * @throws IOException if it cannot be written
     */
    public void end(String id, Map<String, Object> result) throws IOException {
        String state =
                StepState.of(result, LenientJson.isTrue(result.get("dryRun"))).id();
        append("{\"" + ReportIndex.END + "\":\"" + id + "\",\"state\":\"" + state + "\",\"result\":" + Json.line(result)
                + "}\n");
    }

    // one writer at a time, also of other objects for the same file
    private void append(String line) throws IOException {
        synchronized (ReportFile.class) {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long size = takeBackCutLine(channel);
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                try {
                    for (long at = size; bytes.hasRemaining(); ) {
                        at += channel.write(bytes, at);
                    }
                } catch (IOException e) {
                    channel.truncate(size);
                    throw e;
                }
            }
        }
    }

    private static long takeBackCutLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long size = channel.size();
        long end = size;
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        if (end < size) {
            channel.truncate(end);
        }
        return end;
    }

    /** The steps so far, in the order in which they began. */
    public ReportEntries entries() throws IOException {
        return index.update();
    }

    /**
     * Its length in bytes.
     *
     * @throws IOException if it cannot be read or does not exist
     */
    public long size() throws IOException {
        return Files.size(file);
    }

    /**
     * The steps of which the last bytes of the file tell, numbered from the first of them.
     *
     * @param most the number of bytes to read
     * @throws IOException if the file cannot be read or does not exist
     */
    public ReportEntries lastEntries(long most) throws IOException {
        return ReportIndex.tail(file, most);
    }

    /**
     * The result of a step, or its state at the start.
     *
     * @throws IOException if it cannot be read
     */
    public Map<String, Object> read(ReportEntry entry) throws IOException {
        byte[] line = new byte[entry.length()];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, entry.position() + bytes.position()) < 0) {
                    throw new IOException(file + " has become shorter");
                }
            }
        }
        try {
            return LenientJson.map(JsonParser.object()
                    .from(new String(line, StandardCharsets.UTF_8))
                    .get("result"));
        } catch (JsonParserException e) {
            throw new IOException("Unreadable line at " + entry.position() + " of " + file, e);
        }
    }
}
