package io.jenkins.plugins.drbdocfs2.facts;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.RawText;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Probes of a node's system: files, tools, kernel modules, services, kernel parameters. */
public final class SystemProbes {
    private static final String MODULE = ShellFile.read(SystemProbes.class, "module.sh");
    private static final String FILE = ShellFile.read(SystemProbes.class, "file.sh");
    private static final String SERVICE = ShellFile.read(SystemProbes.class, "service.sh");
    private static final String HAS_SERVICE = ShellFile.read(SystemProbes.class, "has-service.sh");
    private static final Pattern SYSCTL = Pattern.compile("\\s*-?([\\w./-]+)\\s*=\\s*(.*?)\\s*");

    /** The exit code of file.sh for a missing file. */
    private static final int ABSENT = 3;

    private SystemProbes() {}

    /**
     * A file.
     *
     * @param exists whether there is one
     * @param text its text as in {@link RawText}; empty if there is none
     * @param mode its permissions in octal, such as "644"; empty if there is none
     */
    public record FileFact(boolean exists, String text, String mode) {
        /** A missing file. */
        public static final FileFact ABSENT = new FileFact(false, "", "");

        /** Its text, or null if there is no file: the text before in {@code PutFile}. */
        public String textOrNull() {
            return exists ? text : null;
        }
    }

    /** Probes the text of a file; an existing file that cannot be read completely is an unreadable answer. */
    public static Probe<FileFact> file(String path) {
        return Probe.tame("file " + path, ShellFile.with(FILE, path), SystemProbes::parseFile);
    }

    private static FileFact parseFile(Reading reading) {
        if (reading.exitCode() == ABSENT && reading.text().isBlank()) {
            return FileFact.ABSENT;
        }
        int end = reading.text().indexOf('\n');
        String mode = end < 0 ? "" : reading.text().substring(0, end);
        if (!reading.ok() || !mode.matches("[0-7]{3,4}")) {
            throw new TextFormatException("the file is there, but cannot be read");
        }
        return new FileFact(true, RawText.decode(bytes(reading.text().substring(end + 1))), mode);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw new TextFormatException("the base64 output of the file is incomplete");
        }
    }

    /** Probes which of these commands exist. */
    public static Probe<Set<String>> tools(String... names) {
        String list = Sh.command(names);
        String script = "for t in " + list + "; do command -v \"$t\" > /dev/null && echo \"$t\"; done; true";
        return Probe.tame("tools " + list, script, SystemProbes::lines);
    }

    /** The availability of a kernel module. */
    public enum Module {
        /** Loaded in, or built into, the running kernel. */
        LOADED,
        /** It can be loaded. */
        AVAILABLE,
        /** The running kernel has no such module. */
        MISSING
    }

    /** Probes a kernel module. */
    public static Probe<Module> module(String name) {
        String file = "/" + name.replaceAll("[-_]", "[-_]") + "\\.ko";
        String script = ShellFile.with(MODULE, name, name.replace('-', '_'), file);
        return Probe.tame(
                "module " + name, script, reading -> switch (reading.text().strip()) {
                    case "loaded" -> Module.LOADED;
                    case "available" -> Module.AVAILABLE;
                    default -> Module.MISSING;
                });
    }

    /**
     * A service of systemd.
     *
     * @param enabled the output of {@code systemctl is-enabled}, such as "enabled"; empty if there is no such service
     * @param active the output of {@code systemctl is-active}, such as "active"
     */
    public record Service(String enabled, String active) {
        /** Whether there is such a service. */
        public boolean exists() {
            return !enabled.isEmpty() && !enabled.equals("not-found");
        }

        /** Whether it starts at boot. */
        public boolean isEnabled() {
            return enabled.startsWith("enabled") || enabled.equals("generated") || enabled.equals("alias");
        }

        /** Whether it was started and runs or, for a oneshot service, has finished. */
        public boolean isActive() {
            return active.equals("active");
        }
    }

    /** Probes a service of systemd. */
    public static Probe<Service> service(String name) {
        return Probe.tame("service " + name, ShellFile.with(SERVICE, name), reading -> {
            String[] parts = reading.text().split("=\n", -1);
            return new Service(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
        });
    }

    /** Probes whether systemd has a service with this name, from any source: systemd.unit(5), systemd-sysv-generator(8). */
    public static Probe<Boolean> hasService(String name) {
        return Probe.tame("has service " + name, ShellFile.with(HAS_SERVICE, name), reading -> reading.text()
                .startsWith("yes"));
    }

    /** Probes a kernel parameter, such as {@code kernel.panic}; empty if the kernel does not have it. */
    public static Probe<String> sysctl(String name) {
        // not the shell's read, which dash does byte by byte: only the first read of proc_sys(5) has a value
        return new Probe<>(
                "sysctl " + name, "cat /proc/sys/" + Sh.quote(name.replace('.', '/')), reading -> reading.text()
                        .strip());
    }

    /** Probes the kernel parameters that are set at boot, by name: sysctl.d(5). Empty if systemd does not list them. */
    public static final Probe<Map<String, String>> SYSCTL_AT_BOOT =
            Probe.tame("sysctl at boot", ShellFile.read(SystemProbes.class, "boot-sysctls.sh"), SystemProbes::sysctls);

    // Files are printed in the order in which they are read, so the last value counts.
    private static Map<String, String> sysctls(Reading reading) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : reading.ok() ? reading.text().split("\n") : new String[0]) {
            Matcher assignment = SYSCTL.matcher(line);
            if (assignment.matches()) {
                values.put(assignment.group(1).replace('/', '.'), assignment.group(2));
            }
        }
        return values;
    }

    /** Probes the clock of the node, in seconds since 1970; NaN if unknown. */
    public static final Probe<Double> CLOCK = new Probe<>("clock", "date +%s.%N", reading -> {
        String text = reading.text().strip();
        return text.matches("[0-9]+(\\.[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
    });

    private static Set<String> lines(Reading reading) {
        Set<String> lines = new LinkedHashSet<>(Arrays.asList(reading.text().split("\n")));
        lines.remove("");
        return lines;
    }
}
