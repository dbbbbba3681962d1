package io.jenkins.plugins.drbdocfs2.drbd.manager;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The programs that manage DRBD resources of a node besides this plugin. Their configuration counts, not whether they run:
 * one that is stopped continues when it is started.
 *
 * @param managed the managed resources
 * @param unread what could not be read, so that it may name any resource
 */
public record ResourceManagers(List<Managed> managed, List<Unread> unread) implements Serializable {
    /** Nothing manages any resource. */
    public static final ResourceManagers NONE = new ResourceManagers(List.of(), List.of());

    private static final String SCRIPT = ShellFile.read(ResourceManagers.class, "managers.sh");
    private static final String CIBADMIN = "cibadmin";
    private static final String FAILED = "failed";

    /** Probes them. */
    public static final Probe<ResourceManagers> PROBE = probe("");

    /**
     * A managed resource.
     *
     * @param manager the program
     * @param resource the resource's name
     * @param by the file or primitive that names the resource
     */
    public record Managed(DrbdManager manager, String resource, String by) implements Serializable {
        /** The program, and by what it manages the resource. */
        @Override
        public String toString() {
            return manager + " (" + by + ")";
        }
    }

    /**
     * A file, or the CIB, that could not be read.
     *
     * @param manager the program whose it is
     * @param what what could not be read
     * @param why the reason
     */
    public record Unread(DrbdManager manager, String what, String why) implements Serializable {
        /** What could not be read and why, as the end of a sentence. */
        public String words() {
            return what + " could not be read, because: " + why;
        }
    }

    public ResourceManagers {
        managed = List.copyOf(managed);
        unread = List.copyOf(unread);
    }

    /** The probe of the files below a directory, in place of the root directory. */
    static Probe<ResourceManagers> probe(String root) {
        return Probe.tame("drbd managers", ShellFile.with(SCRIPT, root), ResourceManagers::parse);
    }

    /** The programs that manage a resource. */
    public List<Managed> of(String resource) {
        return managed.stream().filter(one -> one.resource().equals(resource)).toList();
    }

    /** Whether there is anything to consider. */
    public boolean any() {
        return !managed.isEmpty() || !unread.isEmpty();
    }

    private static ResourceManagers parse(Reading reading) {
        List<Managed> managed = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        if (!reading.ok()) {
            unread.add(new Unread(
                    DrbdManager.UNKNOWN, "the files of LINSTOR, drbd-reactor and Pacemaker", "the probe failed"));
        }
        for (Part part : parts(reading.text())) {
            try {
                managed.addAll(part.managed());
            } catch (TextFormatException e) {
                unread.add(part.unread(e.getMessage()));
            }
        }
        return new ResourceManagers(managed, unread);
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            boolean head = !line.startsWith(" ") && !line.startsWith(FAILED + " ");
            if (head || parts.isEmpty()) {
                String[] words = line.split(" ", 2);
                parts.add(new Part(DrbdManager.of(words[0]), words.length == 2 ? words[1] : line, new ArrayList<>()));
            } else {
                parts.get(parts.size() - 1).lines.add(line);
            }
        }
        return parts;
    }

    /** What the script printed about one file. */
    private record Part(DrbdManager manager, String place, List<String> lines) {
        String text(String prefix) {
            return lines.stream()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()) + "\n")
                    .collect(Collectors.joining());
        }

        private String shown() {
            return place.equals(CIBADMIN) ? "the CIB" : Check.visible(place);
        }

        Unread unread(String why) {
            return new Unread(manager, shown(), Check.visible(why));
        }

        List<Managed> managed() {
            String failure = text(FAILED + " ");
            if (!failure.isEmpty()) {
                String words = failure.replace("\n", " ").strip();
                throw new TextFormatException(words.isEmpty() ? "the program gave no reason" : words);
            }
            String text = text(" ");
            return switch (manager) {
                case LINSTOR -> text.lines()
                        .map(name -> new Managed(manager, name, shown()))
                        .toList();
                case DRBD_REACTOR -> PromoterConfiguration.resources(text).stream()
                        .map(name -> new Managed(manager, name, shown()))
                        .toList();
                case PACEMAKER -> CibPrimitives.parse(text).stream()
                        .map(one -> new Managed(
                                manager, one.drbdResource(), "primitive " + Check.visible(one.id()) + " in " + shown()))
                        .toList();
                case UNKNOWN -> throw new TextFormatException("the output of the probe is not understood");
            };
        }
    }
}
