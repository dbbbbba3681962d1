package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps with blocks, asynchronous steps, and their interruption. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BlockTest {
    @RegisterExtension
    static final TestSteps STEPS = new TestSteps(
            new WaitStep.DescriptorImpl(),
            new KeepStep.DescriptorImpl(),
            new GiveStep.DescriptorImpl(),
            new GiveStep.Take.DescriptorImpl());

    @Test
    void asynchronousStepReturnsItsValue() {
        WaitStep.named("value").started.thenAccept(context -> context.onSuccess("given"));

        assertThat(Build.of("echo waitFor('value')").output()).isEqualTo("given");
    }

    @Test
    void failureOnAnotherThreadNamesTheLineOfTheStep() {
        WaitStep.named("fault").started.thenAccept(context -> context.onFailure(new IllegalStateException("oops")));

        assertThat(Build.of("\nstage('x') {\n  waitFor 'fault'\n}").output())
                .startsWith("java.lang.IllegalStateException: oops\n\tat WorkflowScript.run(WorkflowScript:3)");
    }

    @Test
    void blockGetsTheContextOfItsStep() {
        assertThat(Build.of("give('a') { take(); give('b') { take() }; take() }")
                        .output())
                .isEqualTo("took a\ntook b\ntook a");
    }

    @Test
    void errorForMissingContextNamesTheStepThatProvidesIt() {
        assertThat(Build.of("take()").output())
                .contains("MissingContextVariableException: Required context class " + GiveStep.Gift.class.getName()
                        + " is missing\nPerhaps you forgot to surround the take step with a step that provides this,"
                        + " such as: give\n\tat WorkflowScript.run(WorkflowScript:1)");
    }

    @Test
    void branchesRunAtTheSameTime() {
        CompletableFuture.allOf(WaitStep.named("left").started, WaitStep.named("right").started)
                .thenRun(() -> {
                    WaitStep.named("right").started.join().onSuccess("r");
                    WaitStep.named("left").started.join().onSuccess("l");
                });

        Build build = Build.of(
                """
                def r = parallel one: { waitFor 'left' }, two: { echo 'in two'; waitFor 'right' }
                echo "${r.one} ${r.two}"
                """);

        assertThat(build.output()).isEqualTo("[two] in two\nl r");
        assertThat(build.log())
                .contains("[Pipeline] parallel\n[Pipeline] { (Branch: one)\n[Pipeline] { (Branch: two)\n")
                .contains("[Pipeline] [one] waitFor\n")
                .contains("[Pipeline] // parallel\n");
    }

    @Test
    void failedBranchLetsTheOthersFinish() {
        Build build =
                Build.of("parallel one: { error 'bad' }, two: { sleep(time: 1, unit: 'MILLISECONDS'); echo 'ok' }");

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.output())
                .contains("Failed in branch one")
                .contains("[two] ok")
                .endsWith("ERROR: bad");
    }

    @Test
    void failFastStopsTheOthers() {
        Build build = Build.of("parallel one: { error 'bad' }, two: { waitFor 'stopped by one' }, failFast: true");

        assertThat(build.output()).contains("ERROR: bad");
        assertThat(WaitStep.named("stopped by one").stopped.join()).isInstanceOf(FlowInterruptedException.class);
    }

    @Test
    void timeoutStopsTheStepAndAbortsTheBuild() {
        Build build = Build.of("timeout(time: 50, unit: 'MILLISECONDS') { waitFor 'late' }");

        assertThat(build.result()).isEqualTo(Result.ABORTED);
        assertThat(build.output())
                .isEqualTo("Timeout set to expire in 50 ms\nCancelling nested steps due to timeout\n"
                        + "Timeout has been exceeded");
        assertThat(WaitStep.named("late").stopped.join()).isInstanceOf(FlowInterruptedException.class);
    }

    @Test
    void timeoutThatIsNotReachedHasNoEffect() {
        assertThat(Build.of("echo timeout(1) { 'value' }").output())
                .isEqualTo("Timeout set to expire in 1 min 0 sec\nvalue");
    }

    @Test
    void retryTriesAgain() {
        Build build = Build.of("def n = 0\nretry(3) { n++; echo \"try $n\"; if (n < 3) { error \"bad $n\" } }");

        assertThat(build.output()).isEqualTo("try 1\nERROR: bad 1\nRetrying\ntry 2\nERROR: bad 2\nRetrying\ntry 3");
        assertThat(build.result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void retryGivesUp() {
        assertThat(Build.of("retry(2) { error 'bad' }").output()).isEqualTo("ERROR: bad\nRetrying\nERROR: bad");
    }

    @Test
    void caughtErrorMakesTheResultWorse() {
        assertThat(Build.of("catchError { error 'bad' }\necho 'on'").output()).isEqualTo("ERROR: bad\non");
        assertThat(Build.of("catchError { error 'bad' }").result()).isEqualTo(Result.FAILURE);
        assertThat(Build.of("catchError(buildResult: 'UNSTABLE') { error 'bad' }")
                        .result())
                .isEqualTo(Result.UNSTABLE);
        assertThat(Build.of("warnError('hm') { error 'bad' }").result()).isEqualTo(Result.UNSTABLE);
        assertThat(Build.of("unstable 'hm'").result()).isEqualTo(Result.UNSTABLE);
    }

    @Test
    void abortStopsAllStepsAndLetsTheScriptCleanUp() {
        CompletableFuture<Void> bothRun =
                CompletableFuture.allOf(WaitStep.named("first").started, WaitStep.named("second").started);

        Build build = Build.abortedOnce(
                bothRun,
                """
                try {
                  retry(3) { parallel a: { waitFor 'first' }, b: { stage('x') { waitFor 'second' } } }
                } finally {
                  echo 'cleaned'
                }
                """);

        assertThat(build.result()).isEqualTo(Result.ABORTED);
        assertThat(build.log()).contains("cleaned").endsWith("Aborted by alice\nFinished: ABORTED\n");
        assertThat(WaitStep.named("first").stopped.join()).hasMessage("Aborted by alice");
        assertThat(WaitStep.named("second").stopped.join()).hasMessage("Aborted by alice");
    }

    @Test
    void stateThatCannotBeSerialisedIsAnError() {
        assertThat(Build.of("keep 'object'").output())
                .contains("The step keep could not be kept over a restart of Jenkins: not serialisable:"
                        + " java.lang.Object");
        assertThat(Build.of("keep 'listener'").output()).contains("The step keep could not be kept");
        assertThat(Build.of("keep 'result'").output()).contains("The result of the step keep could not be kept");
    }
}
