package io.jenkins.plugins.drbdocfs2.engine;

/** Findings about a node itself. */
public enum NodeRefusal implements RefusalKind {
    UNIDENTIFIED(
            "node.unidentified",
            "the node cannot be identified",
            "The name of the node and the user of its scripts cannot be read: `uname -n -r` or `/proc/self/status` "
                    + "prints nothing.",
            "Check on the node that `uname` exists and `/proc` is mounted."),
    OTHER_NAME(
            "node.other-name",
            "the node has another name than in the Jenkinsfile",
            "`uname -n` prints another name than the node has in `withClusterNodes`. DRBD and OCFS2 identify a node "
                    + "by that name, and the disks of another machine may be affected.",
            "Use the node's own name, including the domain if it prints one; or correct `host` and `port`."),
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
