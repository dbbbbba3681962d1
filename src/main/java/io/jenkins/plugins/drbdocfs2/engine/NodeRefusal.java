package io.jenkins.plugins.drbdocfs2.engine;

/** Findings about a node itself. */
public enum NodeRefusal implements RefusalKind {
    UNIDENTIFIED(
            "node.unidentified",
            "the node does not say who it is",
            "Which node answers, and as whom scripts run there, cannot be read: `uname -n -r` or"
                    + " `/proc/self/status` tells nothing.",
            "See on the node that `uname` is there and `/proc` is mounted."),
    OTHER_NAME(
            "node.other-name",
            "another node answers than the Jenkinsfile names",
            "`uname -n` prints another name than the node has in `withClusterNodes`. DRBD and OCFS2 know a"
                    + " node by that name, and the disks of another machine may be at stake.",
            "Name the node as it names itself, domain included if it prints one; or correct `host` and `port`."),
    NOT_ROOT(
            "node.not-root",
            "scripts do not run as root",
            "The login is an ordinary user.",
            "Log in as root, or set `sudo: true` on `withClusterNodes`.");

    private final Entry entry;

    NodeRefusal(String id, String title, String meaning, String remedy) {
        entry = new Entry(id, title, meaning, remedy, null);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
