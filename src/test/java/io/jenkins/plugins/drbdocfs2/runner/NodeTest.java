package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps that are available only inside {@code node}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NodeTest {
    @RegisterExtension
    static final TestSteps STEPS = new TestSteps(new RemoteStep.DescriptorImpl());

    private static String inNode(String script) {
        return Build.of("node {\n" + script + "\n}")
                .output()
                .lines()
                .skip(1) // the line "Running on ..."
                .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
    }

    @Test
    void filesAreThoseOfTheWorkspace() {
        assertThat(
                        inNode(
                                """
                        dir('sub') { writeFile file: 'a.txt', text: 'content' }
                        echo readFile('sub/a.txt') + fileExists('b.txt') + (pwd() == env.WORKSPACE) + isUnix()
                        """))
                .endsWith("contentfalsetruetrue");
    }

    @Test
    void shellScriptWritesToTheLogAndFailsTheStep() {
        assertThat(inNode("withEnv(['X=y']) { sh 'echo $X; exit 3' }"))
                .isEqualTo("+ echo y\ny\n+ exit 3\nERROR: script returned exit code 3");
    }

    @Test
    void shellScriptReturnsItsOutputOrStatus() {
        assertThat(
                        inNode(
                                """
                        echo 'out ' + sh(script: 'echo text', returnStdout: true).trim()
                        echo 'status ' + sh(script: 'exit 4', returnStatus: true, label: 'x')
                        """))
                .isEqualTo("+ echo text\nout text\n+ exit 4\nstatus 4");
    }

    @Test
    void shellScriptOfAnotherInterpreterIsRunByIt() {
        assertThat(inNode("sh '#!/bin/cat\\nshown'")).isEqualTo("#!/bin/cat\nshown");
    }

    @Test
    void shellScriptIsStoppedByATimeout() {
        Build build = Build.of("node { timeout(time: 100, unit: 'MILLISECONDS') { sh 'sleep 600' } }");

        assertThat(build.result()).isEqualTo(Result.ABORTED);
        assertThat(build.output()).contains("Sending interrupt signal to process");
    }

    @Test
    void batchScriptIsAnError() {
        assertThat(inNode("bat 'dir'")).isEqualTo("ERROR: Batch scripts can only be run on Windows nodes");
    }

    @Test
    void codeForTheAgentGetsCopiesAndTheSameLog() {
        assertThat(inNode("remote 'log'")).isEqualTo("logged there\nseen here: []");
    }

    @Test
    void exceptionsComeBackFromTheAgent() {
        assertThat(inNode("remote 'throw'")).isEqualTo("ERROR: thrown there");
    }

    @Test
    void objectThatCannotBeSentIsAnError() {
        assertThat(inNode("remote 'argument'")).contains("cannot be sent between controller and agent");
        assertThat(inNode("remote 'result'")).contains("cannot be sent between controller and agent");
    }

    @Test
    void outsideOfANodeThereIsNoAgent() {
        assertThat(Build.of("remote 'log'").output())
                .contains("Required context class hudson.Launcher is missing\nPerhaps you forgot to surround the remote"
                        + " step with a step that provides this, such as: node");
    }

    @Test
    void anyLabelRunsTheBlockHere() {
        String output = Build.of("node('storage && linux') { echo \"at ${env.WORKSPACE == pwd()}\" }")
                .output();
        assertThat(output).startsWith("Running on this machine in ").endsWith("at true");
    }
}
