package io.jenkins.plugins.drbdocfs2.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffTest {
    @Test
    void linesOfANewFileBeginAfterLineZero() {
        assertThat(Diff.unified("/etc/x", null, "a\nb\n"))
                .isEqualTo("--- /dev/null\n+++ /etc/x\n@@ -0,0 +1,2 @@\n+a\n+b");
    }

    @Test
    void linesOfARemovedFileEndBeforeLineZero() {
        assertThat(Diff.unified("/etc/x", "a\n", null)).isEqualTo("--- /etc/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a");
    }

    @Test
    void changedLinesHaveTheirNumbers() {
        assertThat(Diff.unified("/etc/x", "a\n@@ -1,0 x\n", "b\n@@ -1,0 x\n"))
                .isEqualTo("--- /etc/x\n+++ /etc/x\n@@ -1,2 +1,2 @@\n-a\n+b\n @@ -1,0 x");
    }
}
