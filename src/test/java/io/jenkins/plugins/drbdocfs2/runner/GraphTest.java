package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graph of a build, by which a step knows what ran before it. */
class GraphTest {
    @RegisterExtension
    static final TestSteps STEPS = new TestSteps(new WhereStep.DescriptorImpl());

    @Test
    void stepFollowsTheOneBefore() {
        assertThat(Build.of("where(); sleep(time: 1, unit: 'MILLISECONDS'); where()")
                        .output())
                .startsWith("after \n")
                .endsWith("after sleep, where");
    }

    @Test
    void blockHasABeginAndAnEnd() {
        assertThat(Build.of("stage('a') { where() }\nwhere()").output())
                .isEqualTo("after stage\nafter stage, where, stage");
    }

    @Test
    void repeatedBlockAndBranchesEndAfterSeveral() {
        assertThat(Build.of("int n = 0\nretry(2) { if (n++ == 0) error('again') }\nwhere()")
                        .output())
                .endsWith("after retry, several");
        assertThat(Build.of("parallel(a: { where() }, b: { sleep(time: 1, unit: 'MILLISECONDS') })\nwhere()")
                        .output())
                .contains("[a] after parallel\n")
                .endsWith("after parallel, several");
    }
}
