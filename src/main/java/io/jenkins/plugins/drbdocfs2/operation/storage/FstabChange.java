package io.jenkins.plugins.drbdocfs2.operation.storage;

import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.storage.Fstab;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A change of /etc/fstab. */
final class FstabChange {
    private FstabChange() {}

    /** Writes the file, then has systemd generate its units from it, which it does only on reload. */
    static List<Change> of(NodeFacts node, UnaryOperator<Fstab> change) {
        FileFact file = node.get(SystemProbes.file(Fstab.PATH));
        List<Change> changes = new ArrayList<>();
        changes.add(new PutFile(
                node.name(),
                Fstab.PATH,
                file.textOrNull(),
                change.apply(new Fstab(file.text())).text(),
                file.exists() ? file.mode() : "644"));
        if (!node.get(SystemProbes.tools("systemctl")).isEmpty()) {
            changes.add(Command.of(node.name(), "systemctl", "daemon-reload").harmless());
        }
        return changes;
    }
}
