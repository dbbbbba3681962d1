package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A block device and what is on it.
 *
 * @param path the path that was asked for
 * @param kind whether there is such a device
 * @param realPath the device that the path leads to, such as {@code /dev/dm-0}; empty where there is none
 * @param number major and minor number, such as "147:0"; empty where there is none
 * @param bytes its size
 * @param users what in the kernel uses it: device-mapper volumes, partitions, "swap"
 * @param readable whether it could be read; a DRBD device that is Secondary cannot
 * @param zero whether its first and its last mebibyte hold nothing but zeros; of the last, DRBD's metadata do not count
 * @param blkid what blkid(8) makes of it
 * @param signatures all signatures that wipefs(8) sees: type, label and UUID, such as "ext4 'www' 6c1d..." or "drbd"
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
        List<String> signatures)
        implements Serializable {

    /** How much at the begin and the end of a device is looked at for data without a signature. */
    public static final long EDGE_BYTES = 1 << 20;

    /** How the keys of all probes of devices begin; the path follows. */
    public static final String KEY = "device ";

    private static final String DRBD = "drbd";

    /** Whether there is a device. */
    public enum Kind {
        /** Nothing has that path. */
        ABSENT,
        /** Something that is no block device has it. */
        OTHER,
        /** A block device. */
        BLOCK,
        /** A block device that cannot be read for now, since DRBD lets nothing through; see {@link SuspendedDrbd}. */
        SUSPENDED,
        /** In a dry run, a block device that could be read only after what a step before would have done. */
        UNSEEN
    }

    /** A device that is not there. */
    public static BlockDevice absent(String path) {
        return new BlockDevice(path, Kind.ABSENT, "", "", 0, List.of(), false, false, new Blkid(Map.of()), List.of());
    }

    /** A device that is new and holds nothing. */
    public static BlockDevice blank(String path, long bytes) {
        return new BlockDevice(
                path, Kind.BLOCK, path, "", bytes, List.of(), true, true, new Blkid(Map.of()), List.of());
    }

    /** This device, holding nothing but what a blkid(8) would tell so. */
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

    /** For a dry run: this device, to be read only later where it cannot be read now. */
    public BlockDevice unseen() {
        return kind == Kind.BLOCK && !readable
                ? new BlockDevice(
                        path, Kind.UNSEEN, realPath, number, bytes, users, false, false, new Blkid(Map.of()), List.of())
                : this;
    }

    /** Whether there is such a block device. */
    public boolean isBlock() {
        return kind == Kind.BLOCK || kind == Kind.UNSEEN || kind == Kind.SUSPENDED;
    }

    /** Whether it cannot be read for now, since DRBD lets nothing through. */
    public boolean isSuspended() {
        return kind == Kind.SUSPENDED;
    }

    /** Whether nothing can be said of what is on it before a dry run's steps are carried out. */
    public boolean isUnseen() {
        return kind == Kind.UNSEEN;
    }

    /** Whether nothing is on it, as far as can be seen; false in doubt. */
    public boolean isBlank() {
        return isBlock() && readable && zero && blkid.isEmpty() && signatures.isEmpty();
    }

    /** Whether nothing but DRBD's internal metadata is on it, as far as can be seen; false in doubt. */
    public boolean isBlankBesidesDrbd() {
        return isBlock() && readable && DRBD.equals(blkid.type()) && below().isEmpty();
    }

    /**
     * What is on it, in words that a user can repeat to have it overwritten, such as {@code ext4 'www' 6c1d…} or
     * {@code unknown data}; empty where it is blank.
     */
    public String content() {
        if (isBlank()) {
            return "";
        }
        if (!readable) {
            return "unreadable data";
        }
        if (blkid.isEmpty()) {
            return signatures.isEmpty() ? "unknown data" : String.join(" and ", signatures);
        }
        String type = blkid.type() == null
                ? blkid.values().getOrDefault("PTTYPE", "unknown") + " partition table"
                : blkid.type();
        String label = blkid.label() == null ? "" : " '" + blkid.label() + "'";
        String named = blkid.uuid() == null ? blkid.values().getOrDefault("PTUUID", "") : blkid.uuid();
        String uuid = blkid.values().getOrDefault(Blkid.TO_COME, named);
        return type + label + (uuid.isEmpty() ? "" : " " + uuid) + below();
    }

    /** What blkid(8) does not tell since something else is on top, such as a filesystem below DRBD's metadata. */
    private String below() {
        StringBuilder text = new StringBuilder();
        for (String signature : new LinkedHashSet<>(signatures)) {
            String type = signature.split(" ", 2)[0];
            if (!type.equals(blkid.type()) && !type.equals(blkid.values().get("PTTYPE"))) {
                text.append(" over ").append(signature);
            }
        }
        boolean unknown = DRBD.equals(blkid.type()) && !zero && text.isEmpty();
        return unknown ? " over unknown data" : text.toString();
    }

    /**
     * Lines of shell that look once more, to be run right before the device is overwritten in the same script: they end
     * it with a word on standard error where the device holds something else than was seen, or is mounted.
     */
    public String lookAgain() {
        StringBuilder script = new StringBuilder("d=").append(Sh.quote(path)).append('\n');
        for (String tag : List.of("TYPE", "UUID", "PTTYPE", "PTUUID")) {
            String seen = blkid.values().getOrDefault(tag, "");
            script.append("[ \"$(blkid -c /dev/null -p -s " + tag + " -o value \"$d\")\" = ")
                    .append(Sh.quote(seen))
                    .append(" ] || { echo \"$d no longer holds what was looked at a moment ago; it is as it was\" >&2;")
                    .append(" exit 75; }\n");
        }
        return script + lookForMounts();
    }

    /** As {@link #lookAgain}, for mounts alone. */
    public String lookForMounts() {
        return "d=" + Sh.quote(path) + "\n"
                + "n=$(printf '%d:%d' \"0x$(stat -L -c %t \"$d\")\" \"0x$(stat -L -c %T \"$d\")\")\n"
                + "if grep -q \"^[0-9]* [0-9]* $n \" /proc/self/mountinfo; then"
                + " echo \"$d has been mounted meanwhile; it is as it was\" >&2; exit 75; fi\n";
    }

    /** Asks for a device by its path. */
    public static Probe<BlockDevice> probe(String path) {
        return new Probe<>(
                KEY + path,
                SuspendedDrbd.SHELL + "d=" + Sh.quote(path) + "\n" + SCRIPT,
                reading -> parse(path, reading));
    }

    private static final String SCRIPT =
            """
            [ -e "$d" ] || { echo absent; exit; }
            [ -b "$d" ] || { echo other; exit; }
            echo block
            r=$d
            case $d in
              /dev/*/*) r=$(readlink -f "$d") ;;
              *) [ ! -L "$d" ] || r=$(readlink -f "$d") ;;
            esac
            echo "real $r"
            t=$(stat -L -c '0x%t 0x%T' "$d"); n=$((${t% *})):$((${t#* })); echo "number $n"
            s=; read -r s < "/sys/dev/block/$n/size"
            s=$((${s:-0} * 512)); echo "bytes $s"
            for h in /sys/dev/block/$n/holders/*; do
              [ -e "$h" ] || continue
              u=${h##*/}; [ ! -e "$h/dm/name" ] || read -r u < "$h/dm/name"
              echo "user $u"
            done
            for p in /sys/dev/block/$n/*/partition; do [ -e "$p" ] && p=${p%/*} && echo "user ${p##*/}"; done
            while read -r f rest; do
              case $f in /*) [ "$(readlink -f "$f")" = "$r" ] && echo "user swap" ;; esac
            done < /proc/swaps
            if suspended $n; then echo suspended; exit 0; fi
            m=1048576; [ "$s" -ge $m ] || m=$s
            cmp -s -n $m "$d" /dev/zero; c=$?
            [ $c -gt 1 ] || echo readable
            [ $c = 0 ] && echo "zero begin" && dd if="$d" bs=$m count=1 iflag=skip_bytes skip=$((s - m)) \\
              | cmp -s -n $m - /dev/zero && echo "zero end"
            w=$(wipefs -n -p "$d")
            set -f; IFS="
            "
            for l in $w; do case $l in "#"*) ;; *) printf 'wipefs %s\\n' "$l" ;; esac; done
            set +f; unset IFS
            echo blkid
            blkid -c /dev/null -p -o export "$d"
            true""";

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
        Kind kind = Kind.BLOCK;
        boolean zeroBegin = false;
        boolean zeroEnd = DRBD.equals(blkid.type());
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
                case "zero" -> {
                    zeroBegin |= value.equals("begin");
                    zeroEnd |= value.equals("end");
                }
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
                readable && whole,
                zeroBegin && zeroEnd && bytes > 0,
                blkid,
                signatures);
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
