package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A block device and its content.
 *
 * @param path the requested path
 * @param kind whether there is such a device
 * @param realPath the device that the path leads to, such as {@code /dev/dm-0}; empty if there is none
 * @param number major and minor number, such as "147:0"; empty if there is none
 * @param bytes its size
 * @param users its users in the kernel: device-mapper volumes, partitions, "swap"; {@link #EXCLUSIVE} if something holds
 *     it exclusively
 * @param readable whether it could be read; a DRBD device that is Secondary cannot
 * @param zero whether only zeros were read at all checked places; DRBD's internal metadata do not count
 * @param blkid the findings of blkid(8)
 * @param signatures all signatures that wipefs(8) sees: type, label and UUID, such as "ext4 'www' 6c1d..." or "drbd"
 * @param dataAt the offset of a non-zero byte, or -1 if none was searched or found
 */
public record BlockDevice(
        String path,
        Kind kind,
        String realPath,
        String number,
        long bytes,
        List<String> users,
        boolean readable,
        boolean zero,
        Blkid blkid,
        List<String> signatures,
        long dataAt)
        implements Serializable {

    /** The unknown user of a device that cannot be opened exclusively. */
    public static final String EXCLUSIVE = "something in the kernel that holds it exclusively";

    /** The content of a device that is not blank and has no signature. */
    public static final String UNKNOWN_DATA = "unknown data";

    /** The prefix of the keys of device probes; the path follows. */
    public static final String KEY = "device ";

    private static final String DRBD = "drbd";

    /** Whether there is a device. */
    public enum Kind {
        /** Nothing exists at this path. */
        ABSENT,
        /** The path is not a block device. */
        OTHER,
        /** A block device. */
        BLOCK,
        /**
         * A block device that cannot be read now, because DRBD has suspended its I/O; see
         * {@link SuspendedDrbdDevices}.
         */
        SUSPENDED,
        /** In a dry run, a block device that can be read only after an earlier step. */
        UNSEEN
    }

    public BlockDevice {
        users = List.copyOf(users);
        signatures = List.copyOf(signatures);
    }

    /** A device with unknown places of data. */
    public BlockDevice(
            String path,
            Kind kind,
            String realPath,
            String number,
            long bytes,
            List<String> users,
            boolean readable,
            boolean zero,
            Blkid blkid,
            List<String> signatures) {
        this(path, kind, realPath, number, bytes, users, readable, zero, blkid, signatures, -1);
    }

    /** A missing device. */
    public static BlockDevice absent(String path) {
        return new BlockDevice(path, Kind.ABSENT, "", "", 0, List.of(), false, false, new Blkid(Map.of()), List.of());
    }

    /** A new, empty device. */
    public static BlockDevice blank(String path, long bytes) {
        return new BlockDevice(
                path, Kind.BLOCK, path, "", bytes, List.of(), true, true, new Blkid(Map.of()), List.of());
    }

    /** This device with only the content of a blkid(8) output. */
    public BlockDevice holding(Map<String, String> blkidValues) {
        return new BlockDevice(
                path,
                isBlock() ? Kind.BLOCK : kind,
                realPath,
                number,
                bytes,
                users,
                true,
                DRBD.equals(blkidValues.get("TYPE")),
                new Blkid(blkidValues),
                List.of(blkidValues.getOrDefault("TYPE", "")));
    }

    /** For a dry run: this device without this user. */
    public BlockDevice without(String user) {
        List<String> others =
                users.stream().filter(other -> !other.equals(user)).toList();
        return new BlockDevice(path, kind, realPath, number, bytes, others, readable, zero, blkid, signatures, dataAt);
    }

    /** For a dry run: this device with at least this size. */
    public BlockDevice grownTo(long size) {
        return new BlockDevice(
                path, kind, realPath, number, Math.max(bytes, size), users, readable, zero, blkid, signatures, dataAt);
    }

    /** For a dry run: this device, marked as readable later if it cannot be read now. */
    public BlockDevice unseen() {
        return kind == Kind.BLOCK && !readable
                ? new BlockDevice(
                        path, Kind.UNSEEN, realPath, number, bytes, users, false, false, new Blkid(Map.of()), List.of())
                : this;
    }

    /** Whether it is a block device. */
    public boolean isBlock() {
        return kind == Kind.BLOCK || kind == Kind.UNSEEN || kind == Kind.SUSPENDED;
    }

    /** Whether it cannot be read now, because DRBD has suspended its I/O. */
    public boolean isSuspended() {
        return kind == Kind.SUSPENDED;
    }

    /** Whether its content is unknown until the steps of a dry run are executed. */
    public boolean isUnseen() {
        return kind == Kind.UNSEEN;
    }

    /** Whether it is empty, as far as the check finds; false in doubt. */
    public boolean isBlank() {
        return isBlock() && readable && zero && blkid.isEmpty() && signatures.isEmpty();
    }

    /** Whether it holds only DRBD's internal metadata, as far as the check finds; false in doubt. */
    public boolean isBlankBesidesDrbd() {
        return isBlock() && readable && DRBD.equals(blkid.type()) && below().isEmpty();
    }

    /**
     * Its content in words for the parameter overwrite, such as {@code ext4 'www' 6c1d…} or
     * {@code unknown data}; empty if it is blank.
     */
    public String content() {
        if (isBlank()) {
            return "";
        }
        if (!readable) {
            return "unreadable data";
        }
        if (blkid.isEmpty()) {
            return signatures.isEmpty() ? UNKNOWN_DATA : String.join(" and ", signatures);
        }
        String type = blkid.type() == null
                ? blkid.values().getOrDefault("PTTYPE", "unknown") + " partition table"
                : blkid.type();
        String label = blkid.label() == null ? "" : " '" + blkid.label() + "'";
        String named = blkid.uuid() == null ? blkid.values().getOrDefault("PTUUID", "") : blkid.uuid();
        String uuid = blkid.values().getOrDefault(Blkid.TO_COME, named);
        return type + label + (uuid.isEmpty() ? "" : " " + uuid) + below();
    }

    /** Signatures that blkid(8) does not report because of others, such as a filesystem below DRBD's metadata. */
    private String below() {
        StringBuilder text = new StringBuilder();
        for (String signature : new LinkedHashSet<>(signatures)) {
            String type = signature.split(" ", 2)[0];
            if (!type.equals(blkid.type()) && !type.equals(blkid.values().get("PTTYPE"))) {
                text.append(" over ").append(signature);
            }
        }
        boolean unknown = DRBD.equals(blkid.type()) && !zero && text.isEmpty();
        return unknown ? " over " + UNKNOWN_DATA : text.toString();
    }

    /** Its content without DRBD's internal metadata, in the same words; empty for none. */
    public String contentBesidesDrbd() {
        return DRBD.equals(blkid.type()) ? below().replaceFirst("^ over ", "") : content();
    }

    /** Its content as in {@link #content}, with the place of data without a signature. */
    public String shownContent() {
        return content() + (dataAt >= 0 && content().endsWith(UNKNOWN_DATA) ? " (at byte " + dataAt + ")" : "");
    }

    /** Probes a device by its path. */
    public static Probe<BlockDevice> probe(String path) {
        return Probe.tame(
                KEY + path,
                SuspendedDrbdDevices.SHELL + ShellFile.REAL_PATH + DeviceContent.SHELL + ShellFile.with(SCRIPT, path),
                reading -> parse(path, reading));
    }

    private static final String SCRIPT = ShellFile.read(BlockDevice.class, "device.sh");

    private static BlockDevice parse(String path, Reading reading) {
        String text = reading.text();
        if (text.startsWith("absent")) {
            return absent(path);
        }
        if (!text.startsWith("block\n")) {
            return new BlockDevice(
                    path, Kind.OTHER, "", "", 0, List.of(), false, false, new Blkid(Map.of()), List.of());
        }
        int split = text.indexOf("\nblkid\n");
        String head = split < 0 ? text : text.substring(0, split);
        Blkid blkid = split < 0 ? new Blkid(Map.of()) : Blkid.parse(text.substring(split + 7));
        String realPath = "";
        String number = "";
        long bytes = 0;
        List<String> users = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        boolean readable = false;
        boolean unread = false;
        long dataAt = -1;
        Kind kind = Kind.BLOCK;
        Set<String> zeros = new HashSet<>(DRBD.equals(blkid.type()) ? Set.of("end") : Set.of());
        for (String line : head.split("\n")) {
            String value = line.substring(line.indexOf(' ') + 1);
            switch (line.split(" ", 2)[0]) {
                case "real" -> realPath = value;
                case "number" -> number = value;
                case "bytes" -> bytes = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
                case "user" -> users.add(value);
                case "wipefs" -> signatures.add(signature(value.split(",", -1)));
                case "readable" -> readable = true;
                case "suspended" -> kind = Kind.SUSPENDED;
                case "zero" -> zeros.add(value);
                case "data" -> dataAt = value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
                case "unread" -> unread = true;
                case "busy" -> users.add(EXCLUSIVE);
                default -> {}
            }
        }
        boolean whole = split >= 0 && !realPath.isEmpty() && number.matches("\\d+:\\d+");
        return new BlockDevice(
                path,
                kind,
                realPath,
                number,
                bytes,
                users,
                readable && whole && !unread,
                zeros.containsAll(Set.of("begin", "inside", "end")) && dataAt < 0 && bytes > 0,
                blkid,
                signatures,
                dataAt);
    }

    // offset,uuid,label,type; a label may hold commas
    private static String signature(String[] fields) {
        if (fields.length < 4) {
            return "unknown";
        }
        String label = String.join(",", Arrays.asList(fields).subList(2, fields.length - 1));
        return fields[fields.length - 1]
                + (label.isEmpty() ? "" : " '" + label + "'")
                + (fields[1].isEmpty() ? "" : " " + fields[1]);
    }
}
