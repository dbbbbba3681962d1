package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarative pipelines. */
class DeclarativeTest {
    private static String stages(String stages) {
        return "pipeline {\nagent none\nstages {\n" + stages + "\n}\n}";
    }

    @Test
    void stagesRunInOrderWithSteps() {
        Build build = Build.of(
                stages(
                        """
                stage('One') { steps { echo 'a'; script { def x = 1; echo "x$x" } } }
                stage('Two') { stages { stage('In') { steps { echo 'b' } } } }
                """));

        assertThat(build.output()).isEqualTo("a\nx1\nb");
        assertThat(build.log())
                .contains(
                        "[Pipeline] stage\n[Pipeline] { (One)\n[Pipeline] echo\na\n[Pipeline] script\n[Pipeline] {\n");
        assertThat(build.result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void agentProvidesAWorkspace() {
        assertThat(Build.of("pipeline { agent any; stages { stage('x') { steps { sh 'echo hi' } } } }")
                        .output())
                .endsWith("+ echo hi\nhi");
        assertThat(Build.of(stages("stage('x') { agent { label 'linux' }; steps { echo \"${pwd() != null}\" } }"))
                        .output())
                .endsWith("true");
    }

    @Test
    void parametersAndEnvironmentAreAvailable() {
        String script =
                """
                pipeline {
                  agent none
                  parameters {
                    string(name: 'NAME', defaultValue: 'n')
                    booleanParam(name: 'FLAG', defaultValue: true, description: 'd')
                  }
                  environment { A = "a-${params.NAME}"; B = "${A}-b" }
                  stages { stage('x') {
                    environment { C = 'c' }
                    steps { echo "$A ${env.B} $C ${params.FLAG}" }
                  } }
                }
                """;

        assertThat(Build.of(script).output()).isEqualTo("a-n a-n-b c true");
        assertThat(Build.of(script, Map.of("NAME", "m", "FLAG", "false")).output())
                .isEqualTo("a-m a-m-b c false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "expression { params.X == 'x' }                                      | ran",
                "expression { return false }                                         | skipped",
                "environment name: 'X', value: 'x'                                   | ran",
                "not { environment name: 'X', value: 'x' }                           | skipped",
                "equals expected: 'x', actual: params.X                              | ran",
                "equals expected: 2, actual: currentBuild.number                     | skipped",
                "allOf { expression { true }; expression { false } }                 | skipped",
                "anyOf { expression { true }; expression { false } }                 | ran",
                "beforeAgent true; anyOf { not { expression { true } } }             | skipped",
            })
    void whenDecides(String condition, String outcome) {
        Build build =
                Build.of(stages("stage('S') { when { " + condition + " }; steps { echo 'ran' } }"), Map.of("X", "x"));

        assertThat(build.output())
                .isEqualTo(outcome.equals("ran") ? "ran" : "Stage \"S\" skipped due to when conditional");
    }

    @Test
    void failureSkipsLaterStagesAndRunsPost() {
        Build build = Build.of(
                """
                pipeline {
                  agent none
                  stages {
                    stage('Bad') {
                      steps { error 'bad' }
                      post { failure { echo 'stage failed' }; success { echo 'not this' } }
                    }
                    stage('After') { steps { echo 'not this' } }
                  }
                  post {
                    cleanup { echo 'cleanup' }
                    always { echo 'always' }
                    failure { echo 'failure' }
                    unsuccessful { echo 'unsuccessful' }
                    unstable { echo 'not this' }
                    aborted { echo 'not this' }
                    changed { echo 'changed' }
                  }
                }
                """);

        assertThat(build.output())
                .isEqualTo("stage failed\nStage \"After\" skipped due to earlier failure(s)\n"
                        + "always\nchanged\nfailure\nunsuccessful\ncleanup\nERROR: bad");
        assertThat(build.log()).contains("[Pipeline] { (Declarative: Post Actions)");
        assertThat(build.result()).isEqualTo(Result.FAILURE);
    }

    @Test
    void unstableAndSuccessReachPost() {
        String post = "post { success { echo 'success' }; unstable { echo 'unstable' } }";

        assertThat(Build.of(stages("stage('x') { steps { echo 'x' }\n" + post + " }"))
                        .output())
                .isEqualTo("x\nsuccess");
        assertThat(Build.of(stages("stage('x') { steps { unstable 'u' }\n" + post + " }"))
                        .output())
                .isEqualTo("WARNING: u\nunstable");
    }

    @Test
    void errorInPostFailsTheBuildButTheRestOfPostRuns() {
        Build build = Build.of(
                stages("stage('x') { steps { echo 'x' }\npost { always { error 'bad' }; cleanup { echo 'c' } } }"));

        assertThat(build.output())
                .isEqualTo("x\nError when executing always post condition:\nERROR: bad\nc\nERROR: bad");
        assertThat(build.result()).isEqualTo(Result.FAILURE);
    }

    @Test
    void parallelStagesAreBranches() {
        Build build = Build.of(
                stages(
                        """
                stage('Both') {
                  failFast true
                  parallel {
                    stage('a') { steps { echo 'in a' } }
                    stage('b') { stages { stage('b1') { steps { echo 'in b1' } } } }
                  }
                }
                """));

        assertThat(build.output().lines()).containsExactlyInAnyOrder("[a] in a", "[b] in b1");
        assertThat(build.log()).contains("[Pipeline] { (Branch: a)").contains("[Pipeline] [a] { (a)");
    }

    @Test
    void optionsWrapTheStages() {
        Build build = Build.of(
                """
                pipeline {
                  agent none
                  options { timeout(time: 1, unit: 'HOURS'); timestamps(); disableConcurrentBuilds(abortPrevious: true)
                    buildDiscarder(logRotator(numToKeepStr: '5')) }
                  stages { stage('x') {
                    options { retry(2) }
                    steps { error 'bad' }
                  } }
                }
                """);

        assertThat(build.output()).isEqualTo("Timeout set to expire in 1 hr 0 min\nERROR: bad\nRetrying\nERROR: bad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "agent none                                       | Missing required section \"stages\"",
                "stages { }                                       | Missing required section \"agent\"",
                "agent none; tools { maven 'x' }                  | Unknown \"tools\" in the section \"pipeline\"",
                "agent none; stages { }                           | No stages specified",
                "agent none; stages { echo 'x' }                  | Unknown \"echo\" in the section \"stages\"",
                "agent none; stages { stage('x') { } }            | Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"x\"",
                "agent none; stages { stage('x') { echo 'x' } }   | Unknown \"echo\" in the section \"stage\"",
                "agent none; stages { stage('x') { steps { } }; stage('x') { steps { } } } | Duplicate stage name: \"x\"",
                "agent none; options { foo() }; stages { stage('x') { steps { echo 'x' } } } | The option \"foo\" is not supported by the runner",
                "agent none; parameters { password(name: 'P') }; stages { stage('x') { steps { echo 'x' } } } | The password parameter P is not supported",
                "agent none; post { never { } }; stages { stage('x') { steps { echo 'x' } } } | Unknown \"never\" in the section \"post\"",
                "agent { docker 'x' }; stages { stage('x') { steps { echo 'x' } } } | Unknown \"docker\" in the section \"agent\"",
                "agent none; stages { stage('x') { steps { foo() } } } | No such DSL method 'foo'",
            })
    void unknownDirectiveIsAnErrorBeforeAnythingRuns(String content, String message) {
        Build build = Build.of("pipeline {\n" + content + "\n}");

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.output()).contains(message).doesNotContain("\nx");
    }
}
