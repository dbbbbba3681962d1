package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import jenkins.model.Jenkins;

/**
 * What forms say of a field while it is filled in: what the steps themselves would say of the value, to those who may
 * configure the job, or Jenkins where there is no job. Others learn nothing.
 */
public final class FormField {
    private FormField() {}

    /** Whether who asks may configure the job, or Jenkins where there is none. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** Whether who asks may see how the job is configured, or Jenkins where there is none. */
    public static boolean maySee(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    /**
     * What is wrong with a text that has to be given.
     *
     * @param item the job, or null
     * @param value what is typed
     * @param check throws an {@link IllegalArgumentException} where the value cannot be used
     */
    public static FormValidation mandatory(Item item, String value, Consumer<String> check) {
        return mayConfigure(item) ? told(item, ParameterText.trimmed(value), check) : FormValidation.ok();
    }

    /** What is wrong with a text that need not be given; see {@link #mandatory}. */
    public static FormValidation optional(Item item, String value, Consumer<String> check) {
        String text = ParameterText.trimmed(value);
        return text != null && mayConfigure(item) ? told(item, text, check) : FormValidation.ok();
    }

    /** What is wrong with a number that need not be given; see {@link #mandatory}. */
    public static FormValidation number(Item item, String value, IntConsumer check) {
        return optional(item, value, text -> {
            if (!text.matches("-?\\d{1,9}")) {
                throw new IllegalArgumentException("Not a whole number: " + text);
            }
            check.accept(Integer.parseInt(text));
        });
    }

    // Where a freestyle job's value refers to a variable, only the build knows what it will be.
    private static FormValidation told(Item item, String value, Consumer<String> check) {
        if (item instanceof AbstractProject && value != null && value.indexOf('$') >= 0) {
            return FormValidation.ok();
        }
        try {
            check.accept(value);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /**
     * What there is to choose from. The current value is among it in any case, so that saving the form does not change it.
     *
     * @param item the job, or null
     * @param current the current value
     * @param choices the values
     */
    public static ListBoxModel choices(Item item, String current, List<String> choices) {
        return choices(item, current, null, choices);
    }

    /**
     * What there is to choose from, or nothing; see {@link #choices(Item, String, List)}.
     *
     * @param nothing how the choice of nothing is called; null where there is no such choice
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
