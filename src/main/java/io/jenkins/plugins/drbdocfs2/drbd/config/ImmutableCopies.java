package io.jenkins.plugins.drbdocfs2.drbd.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Immutable, serialisable copies that keep their order and may contain null, unlike Map.copyOf. */
public final class ImmutableCopies {
    private ImmutableCopies() {}

    /** A copy of a map, in its order. */
    public static <K, V> Map<K, V> of(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static <T> List<T> of(List<T> list) {
        return Collections.unmodifiableList(new ArrayList<>(list));
    }
}
