package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals about files and options of DRBD resources. */
public enum DrbdConfigurationRefusal implements RefusalKind {
    NO_RESOURCE(
            "drbd.no-resource",
            "there is no such resource",
            "No file of the nodes has the resource, or a node lacks it whose peers have it for one of their own.",
            "Run `drbdCreateResource`, or correct the name."),
    CONFIGURATION_UNKNOWN(
            "drbd.configuration-unknown",
            "the configuration of DRBD cannot be read",
            "`drbdadm dump` fails on the node: a file has an address that the node lacks, a wrong word, or"
                    + " includes a file that is missing. Or the resource has a form that this plugin does not"
                    + " support, such as a stacked one. drbdadm refuses every command with such files. A resource "
                    + "could be mistaken for a missing one, and its disks for free disks.",
            "Correct or remove the file that the finding names; `drbdadm dump` on the node shows whether it"
                    + " is right."),
    NOT_CONFIGURED(
            "drbd.not-configured",
            "a resource runs that no file has",
            "Only its configuration says which disks it has, so the device could be one of them.",
            "Put its file back, or take the resource down (`drbdsetup down RESOURCE`, `drbdRemoveResource`)."),
    NO_FENCING_DEVICE(
            "drbd.no-fencing-device",
            "a node has no fencing device for its peer",
            "`onPeerLoss: 'fence'` needs a device by which each node can switch off the other. Without it a node that loses"
                    + " its peer waits, as with `freeze`.",
            "Configure the devices, or set `onPeerLoss: 'freeze'`."),
    REJECTED(
            "drbd.rejected",
            "`drbdadm` does not accept the file",
            "An option is wrong, or clashes with another file in `/etc/drbd.d`: the same address and port,"
                    + " minor or disk. With such files drbdadm refuses every command, for all resources of the node."
                    + " No file was changed.",
            "Correct the parameters of the step, or the other file; `drbdadm dump RESOURCE` says what is"
                    + " wrong. `drbdRemoveResource` needs to read it only with `wipeMetadata`."),
    NOT_INCLUDED(
            "drbd.not-included",
            "/etc/drbd.conf does not include the file",
            "drbdadm would not know the resource, now and at boot.",
            "Add the line `include \"drbd.d/*.res\";` to `/etc/drbd.conf`, as in drbd-utils."),
    READ_OTHERWISE(
            "drbd.read-otherwise",
            "`drbdadm` would not read what the step writes",
            "Another file, or `/etc/drbd.conf` itself, has the resource. What the step writes would never"
                    + " apply, and drbdadm would work on another disk than the one that was checked.",
            "Remove the resource from the file that the finding names, and have `/etc/drbd.conf` include"
                    + " `drbd.d/*.res`."),
    OTHER_FILE(
            "drbd.other-file",
            "another file has the resource",
            "The resource is configured in another file than the one that the step would remove. What else is in"
                    + " the file that has it is not known.",
            "Remove it from that file by hand, then run the step again."),
    FILE_SHARED(
            "drbd.file-shared",
            "the file has more than the resource",
            "The other content of the file would be removed too.",
            "Move the other parts to files of their own first."),
    FILE_UNREADABLE(
            "drbd.file-unreadable",
            "the file of the resource is not understood",
            "The file of the node is not in the syntax of drbd.conf(5), or has more than this plugin reads."
                    + " Its other content would be lost.",
            "Correct or remove the file by hand, then run the step again."),
    FOREIGN_ADDRESS(
            "drbd.foreign-address",
            "the replication address is not one of the node",
            "drbdadm would refuse every command, for all resources of the node, or the nodes could not connect.",
            "Correct the address of the node in `config` or, if that is not given, in"
                    + " `withClusterNodes`; `ip -o addr` shows those of a node."),
    DEVICE_TAKEN(
            "drbd.device-taken",
            "another running resource has the device",
            "The minor number of the device belongs to another resource: the device of one would be mistaken for that "
                    + "of the other.",
            "Choose another `device`."),
    PORT_IN_USE(
            "drbd.port-in-use",
            "the port is in use",
            "Something listens at the port that the resource is to use. The nodes could not connect, and each would "
                    + "continue without the other.",
            "Choose another `port`; each resource needs its own. `ss -ltnp` on the node shows which program uses it."),
    GENERATIONS_DIFFER(
            "drbd.generations-differ",
            "the nodes run different generations of DRBD",
            "One file cannot fit 8.4 and 9 alike, and the two do not replicate to each other.",
            "Install the same module and tools on all nodes."),
    NODE_IDS_DIFFER(
            "drbd.node-ids-differ",
            "the node-ids do not fit",
            "DRBD 9 knows the part of each node in the bitmap by its id. Files, kernels or metadata of the"
                    + " nodes do not agree, or `config` has others. Changes would go to the wrong node, or to none.",
            "Write the ids of the resource into `config` (`drbdadm dump RESOURCE`), or correct its"
                    + " file on the node that differs."),
    COMMON_POLICY(
            "drbd.common-policy",
            "the section common has a policy that discards data",
            "An after-split-brain policy `violently-as0p` in the files of the node applies to the resource"
                    + " too. DRBD would discard the data of a running Primary below its filesystem.",
            "Take it out of `/etc/drbd.d/global_common.conf`, or set another with `options`: `net { OPTION"
                    + " disconnect; }`."),
    NO_VERIFY_ALG(
            "drbd.no-verify-alg",
            "the resource has no verify-alg",
            "DRBD needs a digest algorithm to compare.",
            "Add `net { verify-alg sha1; }` to the `options` of `drbdCreateResource` and run it; the"
                    + " resource can be in use."),
    SIZE_CONFIGURED(
            "drbd.size-configured",
            "the resource has a size of its own in its configuration",
            "A `size` in the section disk limits the resource, however large its disks are.",
            "Remove `size` with `drbdCreateResource` first."),
    ADJUST_UNKNOWN(
            "drbd.adjust-unknown",
            "what `drbdadm adjust` would do is not known",
            "`drbdadm -d adjust` fails, so it is not known whether the running resource is as configured."
                    + " The command could take a disk from it.",
            "Correct what the finding names; run the command on the node to see more."),
    ADJUST_TAKES_DISK(
            "drbd.adjust-takes-disk",
            "`drbdadm adjust` would take a disk or device away",
            "To match the request, the running resource would lose a disk or device, as with another"
                    + " `disk` or fewer volumes.",
            "Remove the resource with `drbdRemoveResource` and create it again, or leave its disks as they are."),
    ADJUST_DISCONNECTS(
            "drbd.adjust-disconnects",
            "`drbdadm adjust` would disconnect two Primaries",
            "The change needs a new connection, as another port or protocol does. While both nodes"
                    + " write, the data would split.",
            "Unmount on one node (`clusterUnmount`), make it Secondary (`drbdDemote`), run the step, then"
                    + " promote and mount again."),
    BUSY(
            "drbd.busy",
            "an option cannot change while the resource is busy",
            "DRBD does not take `verify-alg` during a verify, nor `csums-alg` during a synchronisation. The file "
                    + "would not match the running resource.",
            "Wait until that is over (`drbdWaitSync`), then run the step again.");

    private final Entry entry;

    DrbdConfigurationRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
