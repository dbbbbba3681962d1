package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.List;

/**
 * Lines of shell that look at a device once more, to be run in the same script right before something is done to it: they
 * end it with a word on standard error where the device is another one, is used or holds something else than was seen.
 */
public final class DeviceRecheck {
    private static final String SHELL = ShellFile.read(DeviceRecheck.class, "device-recheck.sh");

    private DeviceRecheck() {}

    /**
     * Looks at what the device is, who uses it and what it holds.
     *
     * @param users the names of devices on it that may be there
     */
    public static String all(BlockDevice seen, List<String> users) {
        StringBuilder script = new StringBuilder(use(seen, users))
                .append("same_content ")
                .append(Sh.quote(seen.path()))
                .append(' ')
                .append(Sh.quote(seen.isBlank() ? String.valueOf(seen.bytes()) : ""));
        for (String tag : List.of("TYPE", "UUID", "PTTYPE", "PTUUID")) {
            script.append(' ').append(Sh.quote(seen.blkid().values().getOrDefault(tag, "")));
        }
        return script.append('\n').toString();
    }

    /** Looks whether a part of a device is blank; after one of the others. */
    public static String blank(String path, long begin, long end) {
        return "same_part " + Sh.quote(path) + " " + begin + " " + end + "\n";
    }

    /** Looks at what the device is and who uses it; for one that was seen before it was wiped. */
    public static String use(BlockDevice seen, List<String> users) {
        boolean free = users.isEmpty() && !seen.users().contains(BlockDevice.EXCLUSIVE);
        return use(seen.path(), seen.number(), free, users);
    }

    /**
     * The same for a device that was not looked at itself.
     *
     * @param number its major and minor number, or an empty text where they are not known
     * @param free whether it could be opened exclusively
     */
    public static String use(String path, String number, boolean free, List<String> users) {
        String d = Sh.quote(path);
        StringBuilder script = new StringBuilder(DeviceContent.SHELL).append(SHELL);
        if (!number.isEmpty()) {
            script.append("same_device ").append(d).append(' ').append(number).append('\n');
        }
        script.append("same_use ").append(d).append(free ? " 1" : " 0");
        users.forEach(user -> script.append(' ').append(Sh.quote(user)));
        return script.append('\n').toString();
    }
}
