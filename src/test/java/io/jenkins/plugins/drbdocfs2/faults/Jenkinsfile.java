package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;

/** The examples on the nodes sv1 and sv2, with disks small enough to copy in seconds. */
enum Jenkinsfile {
    DUAL("dual-primary-ocfs2", "size: '1G'", "size: '256M'"),
    TCLUST("dual-primary-tclust", "nodo", "sv", "/dev/sdb", "/dev/lab/db"),
    SINGLE("single-primary-xfs", "nodo", "sv", "/dev/sdc", "/dev/lab/www", "port: 7789", "port: 7791"),
    GROW("grow", "size: '2G'", "size: '384M'"),
    OPTIONS("rolling-options"),
    SPLIT("split-brain"),
    TEARDOWN("teardown");

    // the default ping-timeout of half a second is too short for nodes that share a busy machine
    private static final String PATIENT = "max-buffers 20000; ping-timeout 100;";

    private final String example;
    private final String text;

    Jenkinsfile(String example, String... replacements) {
        this.example = example;
        String changed = Lab.read("examples/" + example + "/Jenkinsfile");
        for (int i = 0; i < replacements.length; i += 2) {
            if (!changed.contains(replacements[i])) {
                throw new IllegalStateException("no " + replacements[i] + " in the example " + example);
            }
            changed = changed.replace(replacements[i], replacements[i + 1]);
        }
        this.text = changed.replace("max-buffers 20000;", PATIENT)
                .replace("dualPrimary: true,", "dualPrimary: true, onPeerLoss: 'continue',");
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return example;
    }
}
