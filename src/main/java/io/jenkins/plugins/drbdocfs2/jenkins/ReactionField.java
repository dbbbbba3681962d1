package io.jenkins.plugins.drbdocfs2.jenkins;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.check.ParameterText;
import io.jenkins.plugins.drbdocfs2.result.Reaction;
import java.util.Arrays;

/** A field of a form for what a finding does to the build. */
public final class ReactionField {
    private ReactionField() {}

    /** The value of the parameter; null for the default, which is none. */
    public static String word(String given) {
        String word = ParameterText.trimmed(given);
        return Reaction.NONE.word().equals(word) ? null : word;
    }

    /** The choices, for users who may see the configuration. */
    public static ListBoxModel choices(Item item, String current) {
        return FormField.choices(
                item,
                current,
                Arrays.stream(Reaction.values()).map(Reaction::word).toList());
    }
}
