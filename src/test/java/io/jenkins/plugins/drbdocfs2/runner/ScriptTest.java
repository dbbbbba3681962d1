package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scripts run, and write the log, as on the engine of Jenkins. */
class ScriptTest {
    @Test
    void logShowsStepsAndBlocks() {
        Build build = Build.of("stage('One') {\n  echo 'hello'\n}\n");

        assertThat(build.log())
                .isEqualTo(
                        """
                        [Pipeline] Start of Pipeline
                        [Pipeline] stage
                        [Pipeline] { (One)
                        [Pipeline] echo
                        hello
                        [Pipeline] }
                        [Pipeline] // stage
                        [Pipeline] End of Pipeline
                        Finished: SUCCESS
                        """);
    }

    @Test
    void closuresOfGroovyMethodsCanCallSteps() {
        Build build = Build.of(
                """
                ['a', 'b'].each { echo it }
                def doubled = [1, 2].collect { n -> sleep(time: 1, unit: 'MILLISECONDS'); n * 2 }
                echo doubled.toString()
                [x: 1].each { k, v -> echo "$k=$v" }
                """);

        assertThat(build.output().lines().filter(line -> !line.startsWith("Sleeping")))
                .containsExactly("a", "b", "[2, 4]", "x=1");
    }

    @Test
    void errorsOfStepsCanBeCaught() {
        Build build = Build.of(
                """
                try {
                  stage('x') { sleep(time: 1, unit: 'MILLISECONDS'); error 'bad' }
                } catch (hudson.AbortException e) {
                  echo "caught ${e.message}"
                } finally {
                  echo 'finally'
                }
                """);

        assertThat(build.output()).endsWith("caught bad\nfinally");
        assertThat(build.result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void stepsAreFoundInFunctionsAndClasses() {
        Build build = Build.of(
                """
                class Greeter implements Serializable {
                  def script
                  void greet(name) { script.echo "hello $name" }
                }
                def twice(name) { 2.times { new Greeter(script: this).greet(name) } }
                twice('x')
                """);

        assertThat(build.output()).isEqualTo("hello x\nhello x");
    }

    @Test
    void printlnAndSleepAreTheSteps() {
        Build build = Build.of("stage('x') { sleep 0; println 'a' }\nprintln 'b'");

        assertThat(build.log())
                .contains("[Pipeline] sleep")
                .contains("[Pipeline] echo\na")
                .contains("echo\nb");
    }

    @Test
    void abortExceptionIsPrintedWithoutStackTrace() {
        Build build = Build.of("error 'no good'");

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.log()).endsWith("[Pipeline] End of Pipeline\nERROR: no good\nFinished: FAILURE\n");
    }

    @Test
    void errorOfTheScriptIsPrintedWithItsLines() {
        Build build = Build.of("def f(x) {\n  x.foo()\n}\nstage('x') {\n  f(null)\n}\n");

        assertThat(build.output())
                .isEqualTo("java.lang.NullPointerException: Cannot invoke method foo() on null object\n"
                        + "\tat WorkflowScript.f(WorkflowScript:2)\n"
                        + "\tat WorkflowScript.run(WorkflowScript:5)");
    }

    @Test
    void syntaxErrorIsPrintedWithLineAndColumn() {
        Build build = Build.of("echo 'x'\ndef = 3\n");

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.output())
                .startsWith("org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:\n"
                        + "WorkflowScript: 2: ")
                .contains("@ line 2, column ");
    }

    @Test
    void failedAssertionFailsTheBuild() {
        Build build = Build.of("def r = [changed: true]\nassert !r.changed");

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.output()).contains("Assertion failed").contains("assert !r.changed");
    }

    @Test
    void environmentIsThatOfTheSurroundingBlock() {
        Build build = Build.of(
                """
                env.A = 'a'
                withEnv(['B=b', 'A=other']) { echo "$A ${env.B} ${env.JOB_NAME}" }
                echo "${env.A} ${env.B}"
                """);

        assertThat(build.output()).isEqualTo("other b job\na null");
    }

    @Test
    void parametersAreGivenOrDeclared() {
        String script =
                """
                properties([parameters([string(name: 'S', defaultValue: 's'), booleanParam(name: 'B'),
                  choice(name: 'C', choices: ['x', 'y'])])])
                echo "${params.S} ${params.B} ${params.C} ${params.X}"
                """;

        assertThat(Build.of(script).output()).isEqualTo("s false x null");
        assertThat(Build.of(script, Map.of("S", "t", "B", "true", "C", "y", "X", "z"))
                        .output())
                .isEqualTo("t true y z");
        assertThat(Build.of(script, Map.of("C", "w")).output())
                .isEqualTo("ERROR: Illegal choice for parameter C: w. Choices are: x, y");
    }

    @Test
    void currentBuildShowsAndChangesTheBuild() {
        Build build = Build.of(
                """
                echo "${currentBuild.result} ${currentBuild.currentResult} ${currentBuild.displayName}"
                currentBuild.description = 'about'
                currentBuild.result = 'UNSTABLE'
                currentBuild.result = 'SUCCESS'
                echo currentBuild.currentResult
                """);

        assertThat(build.output()).isEqualTo("null SUCCESS #1\nUNSTABLE");
        assertThat(build.run().getDescription()).isEqualTo("about");
        assertThat(build.result()).isEqualTo(Result.UNSTABLE);
    }

    @Test
    void blockStepWithoutBlockIsAnError() {
        assertThat(Build.of("stage('x')").output()).contains("stage step must be called with a body");
    }
}
