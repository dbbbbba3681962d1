package io.jenkins.plugins.drbdocfs2.report;

import io.jenkins.plugins.drbdocfs2.result.Amounts;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The part of a list that a page shows: all or the first entries.
 *
 * @param items those shown
 * @param left the number of further entries
 */
public record Truncated<T>(List<T> items, int left) {
    /** The first entries of all. */
    public static <T> Truncated<T> of(Collection<T> all, int most) {
        return new Truncated<>(all.stream().limit(most).toList(), Math.max(0, all.size() - most));
    }

    /** Runs an action for each shown entry. */
    public Truncated<T> each(Consumer<? super T> action) {
        items.forEach(action);
        return this;
    }

    /** Writes the number of entries that are not shown. */
    public void rest(HtmlWriter html, String one) {
        if (left > 0) {
            html.leaf("span", "… " + Amounts.count(left, one) + " left out …", "class", "dr-left");
        }
    }
}
