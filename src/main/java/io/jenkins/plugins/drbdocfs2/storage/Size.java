package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.check.Check;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in units of 1024, as in LVM and the mkfs programs: {@code 10G}, {@code 128M}, {@code 512K}, {@code 1T}, or
 * {@code 4096} or {@code 4096b} (bytes). Letter case does not count; {@code 10GiB} is {@code 10G}.
 *
 * @param bytes at least 1
 */
public record Size(long bytes) implements Serializable, Comparable<Size> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})(?:([kmgtpe])(?:ib)?|b)?");
    private static final String UNITS = "KMGTPE";
    private static final String RULE =
            "be a size such as 10G, 128M, 512K or 1T (units of 1024; a number alone is bytes), at least 1 byte";

    public Size {
        Check.that(bytes > 0, "size", bytes, RULE);
    }

    /**
     * Parses a size.
     *
     * @param parameter the parameter's name, for the message
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is not a size, is 0 or is above 8 EiB
     */
    public static Size parse(String parameter, String text) {
        Matcher form = FORM.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        Check.that(form.matches(), parameter, text, RULE);
        int unit = form.group(2) == null ? 0 : UNITS.toLowerCase(Locale.ROOT).indexOf(form.group(2)) + 1;
        BigInteger bytes = new BigInteger(form.group(1)).shiftLeft(10 * unit);
        Check.that(bytes.signum() > 0, parameter, text, RULE);
        Check.that(bytes.bitLength() < Long.SIZE, parameter, text, "be below 8 EiB");
        return new Size(bytes.longValueExact());
    }

    /** {@link #parse(String, String)} for a parameter named size. */
    public static Size parse(String text) {
        return parse("size", text);
    }

    /** The size in bytes. */
    public long toBytes() {
        return bytes;
    }

    /** The size rounded up to whole extents, as lvcreate does. */
    public Size roundedUpTo(Size extent) {
        long over = bytes % extent.bytes;
        return over == 0 ? this : new Size(Math.addExact(bytes - over, extent.bytes));
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form: {@code 10G}, {@code 1536M}, {@code 1000b}. LVM and mkfs.ocfs2 accept all except the last. */
    @Override
    public String toString() {
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length());
        return unit == 0 ? bytes + "b" : (bytes >> 10 * unit) + UNITS.substring(unit - 1, unit);
    }
}
