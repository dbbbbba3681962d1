package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.config.PeerLossPolicy;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The files on a node by which it suspends I/O when it loses its peer, and comes back by itself: the fence-peer handler, and
 * a service that promotes and mounts if the peer was missing at boot.
 */
public final class PeerLossFiles {
    private static final String REJOIN = "drbd-rejoin";
    private static final Probe<Service> SERVICE = SystemProbes.service(REJOIN);
    private static final List<Installed> FILES = List.of(
            Installed.of("drbd-fence-peer", PeerLossPolicy.HANDLER, "0755"),
            Installed.of(REJOIN, "/usr/local/sbin/drbd-rejoin", "0755"),
            Installed.of("drbd-rejoin.service", "/etc/systemd/system/drbd-rejoin.service", "0644"));

    private PeerLossFiles() {}

    private record Installed(String path, String mode, String text) {
        static Installed of(String name, String path, String mode) {
            try (InputStream in = PeerLossFiles.class.getResourceAsStream(name)) {
                return new Installed(
                        path, mode, AgentShell.include(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Probe<FileFact> probe() {
            return SystemProbes.file(path);
        }

        boolean isIn(NodeFacts node) {
            FileFact file = node.get(probe());
            return text.equals(file.textOrNull()) && mode.endsWith(file.mode());
        }
    }

    /** The text of the fence-peer handler. */
    static String handler() {
        return FILES.get(0).text();
    }

    /** The text of the program of the service. */
    static String rejoin() {
        return FILES.get(1).text();
    }

    /** What {@link #changes} needs to know. */
    public static List<Probe<?>> probes() {
        List<Probe<?>> probes = new ArrayList<>(List.of(SERVICE));
        FILES.forEach(file -> probes.add(file.probe()));
        return probes;
    }

    /** What a node lacks of them. */
    public static List<Change> changes(NodeFacts node) {
        List<Change> changes = new ArrayList<>();
        for (Installed file : FILES) {
            if (!file.isIn(node)) {
                changes.add(new PutFile(
                        node.name(), file.path(), node.get(file.probe()).textOrNull(), file.text(), file.mode()));
            }
        }
        if (!changes.isEmpty()) {
            changes.add(Command.of(node.name(), "systemctl", "daemon-reload").harmless());
        }
        if (!node.get(SERVICE).isEnabled()) {
            changes.add(Command.of(node.name(), "systemctl", "enable", "drbd-rejoin.service")
                    .harmless());
        }
        return changes;
    }

    /** The facts of a node that has them. */
    public static NodeFacts simulate(NodeFacts facts) {
        NodeFacts simulated = facts.change(SERVICE, service -> new Service("enabled", service.active()));
        for (Installed file : FILES) {
            simulated = simulated.change(
                    file.probe(),
                    old -> new FileFact(true, file.text(), file.mode().substring(1)));
        }
        return simulated;
    }
}
