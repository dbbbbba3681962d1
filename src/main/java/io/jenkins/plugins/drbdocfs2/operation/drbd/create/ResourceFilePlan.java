package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.DrbdProbes;
import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdGeneration;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceDifferences;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceFile;
import io.jenkins.plugins.drbdocfs2.drbd.config.ResourceText;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NetworkProbes;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes;
import io.jenkins.plugins.drbdocfs2.facts.SystemProbes.FileFact;
import io.jenkins.plugins.drbdocfs2.operation.guard.ResourceCheck;
import io.jenkins.plugins.drbdocfs2.operation.refusal.DrbdConfigurationRefusal;
import io.jenkins.plugins.drbdocfs2.operation.view.DrbdFacts;
import java.util.List;

/**
 * The file of a resource on one node: its new text, and whether the node's drbdadm reads the request from it, among all its
 * files.
 *
 * @param resource the requested resource
 * @param path the path of its file
 * @param text the text of a file with only this resource
 * @param node the node
 */
record ResourceFilePlan(Resource resource, String path, String text, NodeFacts node) {
    /** What the file holds now. */
    FileFact file() {
        return node.get(SystemProbes.file(path));
    }

    /** The new text: the resource and the rest of the current file; only the resource if the file is not understood. */
    String wantedText() {
        return wantedText(file(), resource.name(), text);
    }

    /** The new text for a current text. */
    static String wantedText(FileFact file, String resource, String text) {
        try {
            return ResourceFile.with(file.textOrNull(), resource, text);
        } catch (TextFormatException e) {
            return text;
        }
    }

    boolean differs() {
        return !wantedText().equals(file().textOrNull()) && !isReadAsRequested();
    }

    // A file that somebody else wrote stays if it already says the same. In one of this plugin, edits are replaced.
    private boolean isReadAsRequested() {
        return !file().text().contains(ResourceText.HEADER)
                && node.has(DrbdProbes.configured(resource.name()))
                && DrbdFacts.generation(node)
                        .filter(generation -> ResourceDifferences.isSame(
                                resource, text, DrbdFacts.configured(node, resource.name()), generation))
                        .isPresent();
    }

    /** Probes how the node's drbdadm reads it. */
    Probe<ConfiguredResource> candidate() {
        return DrbdProbes.candidate(resource.name(), path, wantedText());
    }

    /** Shell lines that arrange the files of the node with the new one; null if it is already in place. */
    String candidateFiles() {
        return differs() ? CandidateFiles.script(path, wantedText()) : null;
    }

    /** The requested resource as read by the parser of the node. */
    ConfiguredResource wanted() {
        return differs() && node.has(candidate()) ? node.get(candidate()) : DrbdFacts.configured(node, resource.name());
    }

    /** Whether to probe addresses: drbdadm does not check IPv6 addresses, and does not report their owner. */
    boolean needsAddresses() {
        Resource.Host host = resource.host(node.name());
        return host.address().contains(":") || wanted().error().contains(ResourceCheck.NOT_FOUND_ON_THIS_HOST);
    }

    /** Refuses if writing the file would lose something, or drbdadm would not read the request from it. */
    void check(ClusterFacts facts, Refusals refusals) {
        if (differs() && !checkKeeps(refusals) || !checkAddress(facts, refusals)) {
            return;
        }
        ConfiguredResource wanted = wanted();
        boolean probed =
                differs() ? node.has(candidate()) : DrbdFacts.generation(node).isPresent();
        if (!wanted.isKnown()) {
            boolean mine = wanted.error().contains(path) || !wanted.error().contains("/etc/");
            refusals.add(Refusal.of(DrbdConfigurationRefusal.REJECTED)
                    .on(node.name())
                    .found("drbdadm does not accept the resource together with the node's other files: "
                            + wanted.error())
                    .wouldLose("With such files drbdadm refuses every command, for all of the node's resources")
                    .remedy((mine ? correction(wanted.error()) : ResourceCheck.remedy(wanted.error()))
                            + ". No file was changed"));
        } else if (probed && !wanted.isConfigured()) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.NOT_INCLUDED)
                    .on(node.name())
                    .found("/etc/drbd.conf does not include " + path)
                    .wouldLose("drbdadm would not know '" + resource.name() + "', now and at boot")
                    .remedy("Add the line include \"drbd.d/*.res\"; to /etc/drbd.conf, as in drbd-utils"));
        } else if (probed) {
            checkEqual(wanted, refusals);
        }
    }

    private static String correction(String error) {
        String correct = "Correct the step's parameters";
        if (error.contains("conflicting use of IP")) {
            return correct + ": port must be one that no other resource has between these nodes";
        }
        return error.contains("conflicting use of device-minor")
                ? correct + ": device must be one that no other resource has"
                : correct;
    }

    private boolean checkKeeps(Refusals refusals) {
        try {
            ResourceFile.with(file().textOrNull(), resource.name(), text);
            return true;
        } catch (TextFormatException e) {
            refusals.add(Refusal.of(DrbdConfigurationRefusal.FILE_UNREADABLE)
                    .on(node.name())
                    .found(path + " is not understood: " + e.getMessage())
                    .wouldLose("What it holds besides '" + resource.name() + "' would be lost")
                    .remedy("Correct it by hand, or take '" + resource.name() + "' out of it"));
            return false;
        }
    }

    private boolean checkAddress(ClusterFacts facts, Refusals refusals) {
        String address = resource.host(node.name()).address();
        if (!node.has(NetworkProbes.ADDRESSES)
                || node.get(NetworkProbes.ADDRESSES).isEmpty()) {
            return true;
        }
        String canonical =
                NetworkProbes.canonical(address.replaceFirst("%.*", "")).orElse(address);
        if (node.get(NetworkProbes.ADDRESSES).contains(canonical)) {
            return true;
        }
        List<String> owners = facts.all().stream()
                .filter(other -> other.has(NetworkProbes.ADDRESSES)
                        && other.get(NetworkProbes.ADDRESSES).contains(canonical))
                .map(NodeFacts::name)
                .toList();
        refusals.add(Refusal.of(DrbdConfigurationRefusal.FOREIGN_ADDRESS)
                .on(node.name())
                .found(address + ", which '" + resource.name() + "' has for " + node.name()
                        + ", is not an address of this node"
                        + (owners.isEmpty() ? "" : ", but of " + String.join(", ", owners)) + "; it has "
                        + String.join(", ", node.get(NetworkProbes.ADDRESSES)))
                .wouldLose(
                        "drbdadm would refuse every command, for all of the node's resources, or the nodes could not "
                                + "connect")
                .remedy("Correct the address of " + node.name()
                        + " in config or, if that is not given, in withClusterNodes"));
        return false;
    }

    private void checkEqual(ConfiguredResource wanted, Refusals refusals) {
        boolean elsewhere =
                differs() && !wanted.file().isEmpty() && !wanted.file().equals(path);
        List<String> differences = ResourceDifferences.of(
                resource, text, wanted.resource(), DrbdFacts.generation(node).orElse(DrbdGeneration.V84));
        if (elsewhere || !differences.isEmpty()) {
            String from = wanted.file().isEmpty() ? "another file" : wanted.file();
            refusals.add(Refusal.of(DrbdConfigurationRefusal.READ_OTHERWISE)
                    .on(node.name())
                    .found("drbdadm would not read '" + resource.name() + "' from " + path + " as requested, but from "
                            + from + (differences.isEmpty() ? "" : ": " + String.join("; ", differences)))
                    .wouldLose(
                            "What the step writes would never apply, and drbdadm would work on another disk than the "
                                    + "one that was checked")
                    .remedy("Take '" + resource.name() + "' out of " + from
                            + ", and have /etc/drbd.conf include \"drbd.d/*.res\""));
        }
    }
}
