package io.jenkins.plugins.drbdocfs2.runner.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;

/** The objects that the enclosing blocks provide to a step, innermost first. */
final class ContextValues {
    /** The values without an enclosing block. */
    static final ContextValues NONE = new ContextValues(null, null);

    private final ContextValues outer;
    private final Object value;

    private ContextValues(ContextValues outer, Object value) {
        this.outer = outer;
        this.value = value;
    }

    ContextValues with(Collection<?> values) {
        ContextValues all = this;
        for (Object each : values) {
            all = new ContextValues(all, each);
        }
        return all;
    }

    @CheckForNull
    <T> T find(Class<T> type) {
        for (ContextValues each = this; each != null; each = each.outer) {
            if (type.isInstance(each.value)) {
                return type.cast(each.value);
            }
        }
        return null;
    }
}
