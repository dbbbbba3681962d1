package io.jenkins.plugins.drbdocfs2.operation.refusal;

import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;

/** Refusals to take a node out of service. */
public enum MaintenanceRefusal implements RefusalKind {
    NOT_REDUNDANT(
            "maintenance.not-redundant",
            "the other nodes do not have all data of the node",
            "A resource is not connected, or not UpToDate on all of its nodes. While the node is away, the others would lack its"
                    + " last data, or stop without quorum.",
            "See `drbdStatus`; connect with `drbdCreateResource`, and wait with `drbdWaitSync`."),
    ONLY_PRIMARY(
            "maintenance.only-primary",
            "the node is the only Primary",
            "What uses the resource would stop while the node is away.",
            "Move it with `drbdSwitchover`, or stop it with `clusterUnmount` and `drbdDemote`."),
    NOT_AT_BOOT(
            "maintenance.not-at-boot",
            "the node would not come back as it is",
            "Something that runs on the node is not started at boot: a resource that does not become Primary, a filesystem that is"
                    + " not in `/etc/fstab`, a service that is not enabled.",
            "Do what the finding says, so that the node comes back by itself after every reboot.");

    private final Entry entry;

    MaintenanceRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
