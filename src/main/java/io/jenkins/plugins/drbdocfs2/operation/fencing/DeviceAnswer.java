package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.FencingDevices;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a fencing device answers on a node.
 *
 * @param action the last action that was tried: status, or monitor if that failed
 * @param exitCode its exit code: 0 if it succeeded, which for status means on; 2 of status means off
 * @param text the end of its output
 */
record DeviceAnswer(String action, int exitCode, String text) implements Serializable {
    private static final String ASK = AgentShell.read("ask-device.sh");
    private static final String STATUS = "status";
    private static final int SECONDS = 20;
    private static final Pattern LINE = Pattern.compile("(?m)^= (monitor|status) (\\d{1,3})$");
    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;
    private static final int OFF = 2;

    /** Probes the device of a node: monitor and status, which switch nothing. */
    static Probe<DeviceAnswer> probe(DeviceSpec device, List<String> lines, int seconds) {
        return new Probe<>(
                "fencing device of " + device.node(), checkScript(device, lines, seconds), DeviceAnswer::parse);
    }

    /** Probes the power of a node with the device that {@link FencingDevices#PATH} has for it. */
    static Probe<DeviceAnswer> powerOf(String node) {
        return new Probe<>(
                "power of " + node, script(FencingDevices.PATH, node, "", SECONDS, STATUS), DeviceAnswer::parse);
    }

    /** The script that runs both, and fails unless the device says that the node is on. */
    static String checkScript(DeviceSpec device, List<String> lines, int seconds) {
        String section = "agent=" + device.agent() + "\n" + String.join("\n", lines);
        return script("", device.node(), section, seconds, "monitor", STATUS);
    }

    private static String script(String file, String node, String section, int seconds, String... actions) {
        List<String> words = new ArrayList<>(List.of(file, node, section, String.valueOf(seconds)));
        words.addAll(List.of(actions));
        return ShellFile.with(ASK, words.toArray(String[]::new));
    }

    private static DeviceAnswer parse(Reading reading) {
        Matcher line = LINE.matcher(reading.text());
        DeviceAnswer last = null;
        while (line.find()) {
            last = new DeviceAnswer(
                    line.group(1),
                    Integer.parseInt(line.group(2)),
                    reading.text().substring(line.end()).strip().replaceAll("\\s*\\n\\s*", " "));
        }
        if (last == null) {
            throw new TextFormatException("the fence agent's answer is not there");
        }
        return last;
    }

    /** Whether the device says that the node is on. */
    boolean isOn() {
        return action.equals(STATUS) && exitCode == 0;
    }

    /** Whether the device says that the node is off. */
    boolean isOff() {
        return action.equals(STATUS) && exitCode == OFF;
    }

    /** The power of the node: on, off or unknown. */
    String power() {
        return isOn() ? "on" : isOff() ? "off" : "unknown";
    }

    /** How it failed, in words. */
    String failure() {
        if (exitCode == TIMED_OUT || exitCode == KILLED) {
            return action + " gave no answer in time";
        }
        return action + " exited with code " + exitCode + (text.isEmpty() ? "" : ": " + text);
    }
}
