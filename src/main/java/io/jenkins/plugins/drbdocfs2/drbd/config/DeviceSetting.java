package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of the statement {@code device} of a volume: {@code /dev/drbd0}, {@code minor 0}, or
 * {@code /dev/drbd_db minor 0}. drbd.conf(5).
 *
 * @param path the path of the device
 * @param minor its minor number
 */
record DeviceSetting(String path, int minor) {
    private static final Pattern FORM = Pattern.compile("(/\\S+)?(?: ?minor (\\d{1,7}))?");
    private static final Pattern NUMBERED = Pattern.compile("/dev/drbd(\\d{1,7})");

    /** @throws TextFormatException if it has another form, or no minor number */
    static DeviceSetting parse(String value) {
        Matcher form = FORM.matcher(value);
        if (form.matches()) {
            String path = form.group(1) == null ? "/dev/drbd" + form.group(2) : form.group(1);
            Matcher numbered = NUMBERED.matcher(path);
            String minor = form.group(2) != null ? form.group(2) : numbered.matches() ? numbered.group(1) : null;
            if (minor != null) {
                return new DeviceSetting(path, Integer.parseInt(minor));
            }
        }
        throw new TextFormatException("the device " + Check.quoted(value) + " has no minor number");
    }
}
