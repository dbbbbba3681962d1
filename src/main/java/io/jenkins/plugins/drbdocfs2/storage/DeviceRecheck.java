package io.jenkins.plugins.drbdocfs2.storage;

import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.List;

/**
 * Shell lines that check a device again right before an action in the same script. They exit with an error if it is another
 * device, is in use, or has other content.
 */
public final class DeviceRecheck {
    private static final String SHELL = ShellFile.read(DeviceRecheck.class, "device-recheck.sh");

    private DeviceRecheck() {}

    /**
     * Checks the device, its users and its content.
     *
     * @param users the names of devices that may use it
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

    /** Checks that a part of a device is blank; follows one of the other checks. */
    public static String blank(String path, long begin, long end) {
        return "same_part " + Sh.quote(path) + " " + begin + " " + end + "\n";
    }

    /** Checks the device and its users; for a device that was checked before it was wiped. */
    public static String use(BlockDevice seen, List<String> users) {
        boolean free = users.isEmpty() && !seen.users().contains(BlockDevice.EXCLUSIVE);
        return use(seen.path(), seen.number(), free, users);
    }

    /**
     * The same for a device that was not checked before.
     *
     * @param number its major and minor number, or an empty text if they are unknown
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
