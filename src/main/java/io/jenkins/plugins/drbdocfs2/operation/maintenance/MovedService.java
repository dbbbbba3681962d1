package io.jenkins.plugins.drbdocfs2.operation.maintenance;

import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.storage.OctalEscapes;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A service that runs on another node during a maintenance: a resource with one Primary, and its mount. It is a plain class,
 * not a record, because Pipeline's serialisation cannot restore records.
 */
public final class MovedService implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The first word of its line in the file of a node in maintenance. */
    static final String WORD = "moved ";

    private static final String AT = " at ";

    private final String resource;
    private final String mountPoint;

    /**
     * @param resource the resource
     * @param mountPoint where it is mounted; null if it is not
     */
    public MovedService(String resource, String mountPoint) {
        this.resource = Objects.requireNonNull(resource);
        this.mountPoint = mountPoint;
    }

    /** The resource. */
    public String resource() {
        return resource;
    }

    /** Where it is mounted; null if it is not. */
    public String mountPoint() {
        return mountPoint;
    }

    /** As values of a result. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("resource", resource);
        map.put("mountPoint", mountPoint);
        return map;
    }

    /** From values of a result. */
    public static MovedService of(Map<?, ?> map) {
        return new MovedService((String) map.get("resource"), (String) map.get("mountPoint"));
    }

    /** Its line in the file. */
    String line() {
        return WORD + resource + (mountPoint == null ? "" : AT + OctalEscapes.encode(mountPoint));
    }

    /** The services in the file of a node in maintenance. */
    static List<MovedService> of(NodeFacts node) {
        FileFact file = node.get(SystemProbes.file(NodeState.PATH));
        return file.text()
                .lines()
                .filter(line -> line.startsWith(WORD))
                .map(line -> line.substring(WORD.length()).split(AT, 2))
                .map(words -> new MovedService(words[0], words.length == 1 ? null : OctalEscapes.decode(words[1])))
                .toList();
    }
}
