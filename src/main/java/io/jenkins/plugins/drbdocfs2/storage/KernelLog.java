package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest lines of a node's kernel log about faults of disks and filesystems, and about online verifies. dmesg(1).
 *
 * @param known whether the log could be read
 * @param lines in the order of the log, at most {@value #MOST}
 */
public record KernelLog(boolean known, List<Line> lines) implements Serializable {
    /** An empty log. */
    public static final KernelLog NONE = new KernelLog(true, List.of());

    private static final int MOST = 200;
    private static final String DISK = "I/O error|critical (medium|target) error| disk\\( [A-Za-z]+ -> Failed \\)";
    private static final String FILESYSTEM = "EXT4-fs error|XFS.*([Cc]orruption|[Ss]hutting down|[Ss]hutdown)|"
            + "(OCFS2|ocfs2_[a-z_]+).*: ERROR|OCFS2: ERROR|Remounting filesystem read-only";
    private static final String VERIFY = "Online verify (done|found)";
    private static final Pattern STAMP = Pattern.compile("^\\[ *(\\d{1,10}\\.\\d{1,9})\\] (.*)");
    private static final Pattern MINOR = Pattern.compile("\\bdrbd(\\d{1,7})\\b");
    private static final Pattern OF_A_DISK = Pattern.compile(DISK);
    private static final Pattern OF_A_FILESYSTEM = Pattern.compile(FILESYSTEM);

    /** The probe for this. */
    public static final Probe<KernelLog> PROBE = new Probe<>(
            "kernel log",
            ShellFile.with(
                    ShellFile.read(KernelLog.class, "kernel-log.sh"),
                    DISK + "|" + FILESYSTEM + "|" + VERIFY,
                    String.valueOf(MOST)),
            KernelLog::parse);

    public KernelLog {
        lines = List.copyOf(lines);
    }

    /**
     * A line.
     *
     * @param secondsAgo its age; null if the log has no times
     * @param text the line without its time
     */
    public record Line(Long secondsAgo, String text) implements Serializable {
        /** Whether it is about a fault of a disk. */
        public boolean isOfDisk() {
            return OF_A_DISK.matcher(text).find();
        }

        /** Whether it is about a fault that a filesystem has found. */
        public boolean isOfFilesystem() {
            return OF_A_FILESYSTEM.matcher(text).find();
        }

        /** Whether it tells the end of an online verify of the DRBD device with this minor number. */
        public boolean isEndOfVerify(int minor) {
            Matcher found = MINOR.matcher(text);
            return text.contains("Online verify done")
                    && found.find()
                    && found.group(1).equals(String.valueOf(minor));
        }

        /** Whether it is at most this old, or of unknown age. */
        public boolean isNewerThan(long seconds) {
            return secondsAgo == null || secondsAgo <= seconds;
        }
    }

    /** The seconds since the last online verify of a DRBD device in the log ended; null if there is none, or unknown. */
    public Long secondsSinceVerify(int minor) {
        return lines.stream()
                .filter(line -> line.secondsAgo != null && line.isEndOfVerify(minor))
                .map(Line::secondsAgo)
                .min(Long::compare)
                .orElse(null);
    }

    static KernelLog parse(Reading reading) {
        String[] parts = reading.text().split("(?m)^=\n", 2);
        if (!reading.ok() || parts.length < 2 || !parts[0].strip().matches("\\d{1,10}\\.\\d{1,9}")) {
            return new KernelLog(false, List.of());
        }
        double now = Double.parseDouble(parts[0].strip());
        List<Line> lines = new ArrayList<>();
        for (String text : parts[1].lines().filter(line -> !line.isBlank()).toList()) {
            Matcher stamped = STAMP.matcher(text);
            lines.add(
                    stamped.matches()
                            ? new Line(
                                    Math.max(0, (long) (now - Double.parseDouble(stamped.group(1)))), stamped.group(2))
                            : new Line(null, text));
        }
        return new KernelLog(true, lines);
    }
}
