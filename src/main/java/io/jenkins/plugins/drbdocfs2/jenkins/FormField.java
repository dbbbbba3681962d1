package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Checks the fields of forms with the checks of the steps, and offers choices. Only users who may configure the job, or
 * Jenkins if there is no job, get an answer.
 */
public final class FormField {
    private static final Map<String, String> LABELS = Map.of(
            "address", "Replication address",
            "config", "Text of a .res file",
            "credentialsId", "Credentials",
            "group", "Volume group",
            "metaDisk", "Metadata",
            "panicSeconds", "Reset after kernel failure (s)",
            "sharedSecretCredentialsId", "Shared secret",
            "stallSeconds", "Timeout without progress (s)",
            "to", "New Primary",
            "type", "Filesystem type");

    /** What a user may type instead of a value that is not valid. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("address", "192.168.0.1"),
            Map.entry("device", "/dev/drbd0"),
            Map.entry("devices", "/dev/sdb /dev/sdc"),
            Map.entry("disk", "/dev/vg0/data"),
            Map.entry("group", "vg0"),
            Map.entry("host", "sv1.example.org"),
            Map.entry("metaDisk", "internal or /dev/vg0/meta"),
            Map.entry("mountPoint", "/mnt/data"),
            Map.entry("name", "data"),
            Map.entry("node", "sv1"),
            Map.entry("nodes", "sv1 sv2"),
            Map.entry("packages", "drbd-utils"),
            Map.entry("port", "7789"),
            Map.entry("ports", "7789 7777"),
            Map.entry("resource", "r0"),
            Map.entry("size", "10G"),
            Map.entry("to", "sv2"),
            Map.entry("type", "ocfs2"),
            Map.entry("victim", "sv2"));

    private FormField() {}

    /** Whether the user may configure the job, or Jenkins if there is no job. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** Whether the user may see the configuration of the job, or of Jenkins if there is no job. */
    public static boolean maySee(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    /**
     * Checks a text while the user types it. An empty field is fine, also a mandatory one, until the form is saved: see
     * {@link ParameterTexts#checkMandatory}.
     *
     * @param item the job, or null
     * @param parameter the name of the parameter
     * @param value the text in the field
     * @param check throws an {@link IllegalArgumentException} if the value is not valid
     */
    public static FormValidation text(Item item, String parameter, String value, Consumer<String> check) {
        String text = ParameterText.trimmed(value);
        // Only the build knows the value of a variable in a freestyle job.
        boolean variable = text != null && item instanceof AbstractProject && text.indexOf('$') >= 0;
        if (text == null || variable || !mayConfigure(item)) {
            return FormValidation.ok();
        }
        try {
            check.accept(text);
            return FormValidation.ok();
        } catch (InvalidParameterException e) {
            return error(parameter, e.getMessage().replaceFirst("^" + Pattern.quote(e.parameter()), label(parameter)));
        } catch (IllegalArgumentException e) {
            return error(parameter, label(parameter) + ": " + e.getMessage());
        }
    }

    private static FormValidation error(String parameter, String message) {
        String example = EXAMPLES.get(parameter);
        String end = message.endsWith(".") ? " For example: " : ". For example: ";
        return FormValidation.error(example == null ? message : message + end + example);
    }

    /** Checks a number while the user types it; see {@link #text}. */
    public static FormValidation number(Item item, String parameter, String value, IntConsumer check) {
        return text(item, parameter, value, text -> {
            Check.that(text.matches("-?\\d{1,9}"), parameter, text, "be a whole number");
            check.accept(Integer.parseInt(text));
        });
    }

    /** The label of a parameter in forms: another name, or its own in words, such as "Mount point" for mountPoint. */
    public static String label(String parameter) {
        String words = parameter
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replaceFirst(" Seconds$", " (s)")
                .replaceFirst(" Millis$", " (ms)")
                .toLowerCase(Locale.ROOT);
        return LABELS.getOrDefault(parameter, words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    /**
     * The choices of a field. They always include the current value, so that saving the form does not change it.
     *
     * @param item the job, or null
     * @param current the current value
     * @param choices the values
     */
    public static ListBoxModel choices(Item item, String current, List<String> choices) {
        return choices(item, current, null, choices);
    }

    /**
     * The choices of a field and an empty choice; see {@link #choices(Item, String, List)}.
     *
     * @param nothing the text of the empty choice; null for no such choice
     */
    public static ListBoxModel choices(Item item, String current, String nothing, List<String> choices) {
        ListBoxModel model = new ListBoxModel();
        if (nothing != null) {
            model.add(nothing, "");
        }
        if (maySee(item)) {
            choices.forEach(model::add);
        }
        String value = ParameterText.trimmed(current);
        if (value != null && model.stream().noneMatch(option -> option.value.equals(value))) {
            model.add(value);
        }
        return model;
    }
}
