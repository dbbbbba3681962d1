package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.MetaDisk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.MetadataSize;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.operation.guard.UsableDeviceCheck;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.BlockDevice;
import io.jenkins.plugins.drbdocfs2.storage.DeviceContent;
import io.jenkins.plugins.drbdocfs2.storage.DeviceRecheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The commands on one node that wipe a disk and create metadata. Each checks the device again in the same script. */
final class MetadataCommands {
    private static final String GOAL = ShellFile.read(MetadataCommands.class, "metadata-goal.sh");
    private static final Duration WIPE_TIMEOUT = Duration.ofMinutes(30);

    private final NodeFacts node;
    private final String resource;
    private final String files;
    private final boolean filesRead;
    private final String guardOfData;
    private final Set<String> wiped = new HashSet<>();

    /**
     * @param resource the name of the resource
     * @param files shell lines that arrange the files of the node with the new one, from {@link CandidateFiles}; null if
     *     it is already in place
     * @param filesRead whether drbdadm has read the new file together with all others
     * @param guardOfData shell lines that check a filesystem that is kept; may be empty
     */
    MetadataCommands(NodeFacts node, String resource, String files, boolean filesRead, String guardOfData) {
        this.node = node;
        this.resource = resource;
        this.files = files;
        this.filesRead = filesRead;
        this.guardOfData = guardOfData;
    }

    /**
     * The check of a device. Two resources on one disk are refused by drbdadm itself.
     *
     * @param slot the slot of an indexed metaDisk, or null
     */
    UsableDeviceCheck check(String path, Integer slot) {
        return UsableDeviceCheck.of(node, path).ofResource(resource).slot(slot).filesRead(filesRead);
    }

    /** Wipes a device of which the user named the content. */
    Command wipe(BlockDevice device) {
        String shown = device.signatures().isEmpty()
                ? "wipe the content of " + device.path()
                : Sh.command("wipefs", "-a", device.path());
        String script = check(device.path(), null).guard() + DeviceContent.wipeWithSignatures(device);
        wiped.add(device.path());
        return wipe(shown, script);
    }

    /** Wipes the slot of an indexed metaDisk. */
    Command wipeSlot(Resource.Disk disk) {
        MetaDisk meta = disk.metaDisk();
        return wipe(
                "wipe old data in slot " + meta.index() + " of " + meta.device(),
                check(meta.device(), meta.index()).guardUse()
                        + DeviceContent.wipePart(
                                meta.device(), meta.begin(), meta.begin() + MetadataSize.INDEXED_SLOT_BYTES));
    }

    private Command wipe(String shown, String script) {
        return Command.shell(node.name(), shown).shown(shown, script).timeout(WIPE_TIMEOUT);
    }

    /**
     * Creates metadata. The script checks first that drbdadm would write to the place that was checked.
     *
     * @param force whether drbdadm is to overwrite what it finds; it then also ignores that a device is in use
     */
    Command create(Resource.Volume volume, Resource.Disk disk, boolean force) {
        StringBuilder script = new StringBuilder(guard(disk.device(), null));
        if (!disk.metaDisk().isInternal()) {
            script.append(guard(disk.metaDisk().device(), disk.metaDisk().index()));
        }
        script.append(guardOfData);
        List<String> words = new ArrayList<>(List.of("create-md"));
        if (force) {
            words.add("--force");
        }
        words.add(resource + "/" + volume.number());
        String create = Sh.command(words);
        if (files == null) {
            script.append(goal("drbdadm", disk, words)).append("drbdadm ").append(create);
        } else {
            script.append(files)
                    .append(CandidateFiles.REAL_NAMES)
                    .append(goal("drbd", disk, words))
                    .append("drbd ")
                    .append(create);
        }
        String command = "drbdadm " + create;
        return Command.shell(node.name(), command)
                .shown(command, script.toString())
                .hint("If drbdadm found something that the check did not find, examine it; run the step again to "
                        + "see what it is.");
    }

    private static String goal(String drbdadm, Resource.Disk disk, List<String> create) {
        MetaDisk meta = disk.metaDisk();
        String goal = meta.isInternal()
                ? disk.device() + " internal"
                : meta.device() + " " + (meta.index() == null ? "flex-external" : meta.index());
        List<String> parameters = new ArrayList<>(List.of(goal, drbdadm, "-d"));
        parameters.addAll(create);
        return ShellFile.with(GOAL, parameters.toArray(String[]::new));
    }

    private String guard(String path, Integer slot) {
        UsableDeviceCheck check = check(path, slot);
        if (slot != null) {
            long begin = slot * MetadataSize.INDEXED_SLOT_BYTES;
            return check.guardUse() + DeviceRecheck.blank(path, begin, begin + MetadataSize.INDEXED_SLOT_BYTES);
        }
        return wiped.contains(path) ? check.guardUse() : check.guard();
    }
}
