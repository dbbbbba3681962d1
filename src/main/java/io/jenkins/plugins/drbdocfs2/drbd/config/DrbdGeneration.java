package io.jenkins.plugins.drbdocfs2.drbd.config;

/** A generation of DRBD with a configuration syntax of its own. The kernel module decides, not the tools. */
public enum DrbdGeneration {
    /** 8.3. */
    V83,
    /** 8.4, the one in Linux itself. */
    V84,
    /** 9. */
    V9
}
