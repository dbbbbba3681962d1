package io.jenkins.plugins.drbdocfs2.drbd.config;

/** A generation of DRBD with its own configuration syntax. The kernel module decides the generation, not the tools. */
public enum DrbdGeneration {
    /** 8.3. */
    V83,
    /** 8.4, which is also the one in Linux. */
    V84,
    /** 9. */
    V9
}
