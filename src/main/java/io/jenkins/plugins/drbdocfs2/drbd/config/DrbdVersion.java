package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of {@code drbdadm --version} as shell variables.
 *
 * @param utils the version of drbd-utils, such as "9.22.0"
 * @param kernel the version of the kernel module, such as "8.4.11"; null if it is not loaded
 * @param apiVersion 1 for DRBD 8.4, 2 for 9, 86 to 99 for 8.3 and older; 0 if it is missing
 */
public record DrbdVersion(String utils, String kernel, int apiVersion) implements Serializable {
    private static final Pattern VARIABLE = Pattern.compile("^(\\w+)=(.*)$", Pattern.MULTILINE);

    /**
     * Parses the output of {@code drbdadm --version}.
     *
     * @throws TextFormatException if the version of the tools is missing
     */
    public static DrbdVersion parse(String output) {
        String utils = null;
        int code = 0;
        int api = 0;
        Matcher variable = VARIABLE.matcher(output);
        while (variable.find()) {
            String value = variable.group(2).strip();
            switch (variable.group(1)) {
                case "DRBDADM_VERSION" -> utils = value.matches("\\d+\\.\\d+\\.\\S+") ? value : null;
                case "DRBD_KERNEL_VERSION_CODE" -> code =
                        value.matches("0x[0-9a-fA-F]{6}") ? Integer.parseInt(value.substring(2), 16) : 0;
                case "DRBDADM_API_VERSION" -> api = value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
                default -> {}
            }
        }
        if (utils == null) {
            throw new TextFormatException("drbdadm --version did not print DRBDADM_VERSION");
        }
        return new DrbdVersion(utils, code == 0 ? null : dotted(code), api);
    }

    /** Whether the kernel module is loaded. */
    public boolean moduleLoaded() {
        return kernel != null;
    }

    /** The syntax that drbdadm accepts now: that of the loaded module, or the tools' default if none is loaded. */
    public DrbdGeneration generation() {
        if (kernel != null) {
            return generation(kernel);
        }
        if (apiVersion > 2) {
            return DrbdGeneration.V83;
        }
        return apiVersion == 1 ? DrbdGeneration.V84 : apiVersion == 2 ? DrbdGeneration.V9 : generation(utils);
    }

    /** Whether the module reports events ({@code drbdsetup events2}), as 8.4.6 and newer do; true if it is not loaded. */
    public boolean hasEvents() {
        return kernel == null || hasEvents(kernel);
    }

    /** Whether a kernel module of this version reports events: 8.4.6 and newer. */
    public static boolean hasEvents(String kernel) {
        return generation(kernel) == DrbdGeneration.V9
                || kernel.startsWith("8.4.") && !kernel.matches("8\\.4\\.[0-5]([^0-9].*)?");
    }

    /** The generation of a version such as "8.4.11". */
    public static DrbdGeneration generation(String version) {
        if (version.startsWith("8.")) {
            return version.startsWith("8.4") ? DrbdGeneration.V84 : DrbdGeneration.V83;
        }
        return DrbdGeneration.V9;
    }

    private static String dotted(int code) {
        return String.format(Locale.ROOT, "%d.%d.%d", code >> 16, code >> 8 & 0xff, code & 0xff);
    }
}
