package io.jenkins.plugins.drbdocfs2.runner;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments of steps are bound as in Jenkins. */
class BindingTest {
    @RegisterExtension
    static final TestSteps STEPS = new TestSteps(
            new BindStep.DescriptorImpl(),
            new BindStep.Thing.DescriptorImpl(),
            new BindStep.ShortWay.DescriptorImpl(),
            new BindStep.LongWay.DescriptorImpl(),
            new MapStep.DescriptorImpl());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bind 'x'                                   | {name=x}",
                "bind(name: 'x')                            | {name=x}",
                "bind()                                     | {name=null}",
                "bind name: null                            | {name=null}",
                "bind \"${1 + 1}\"                          | {name=2}",
                "bind name: 'x', field: 'f'                 | {field=f, name=x}",
                "bind name: 'x', count: 3                   | {count=3, name=x}",
                "bind name: 'x', count: '3'                 | {count=3, name=x}",
                "bind name: 'x', size: 3                    | {name=x, size=3}",
                "bind name: 'x', size: '3'                  | {name=x, size=3}",
                "bind name: 'x', maybe: null                | {maybe=null, name=x}",
                "bind name: 'x', maybe: 5                   | {maybe=5, name=x}",
                "bind name: 'x', flag: true                 | {flag=true, name=x}",
                "bind name: 'x', flag: 'true'               | {flag=true, name=x}",
                "bind name: 'x', flag: 'yes'                | {flag=false, name=x}",
                "bind name: 'x', unit: 'HOURS'              | {name=x, unit=HOURS}",
                "bind name: 'x', words: ['a', \"b${1}\"]    | {name=x, words=[a, b1]}",
                "bind name: 'x', things: [[id: 'a'], [id: 'b', weight: 2]]      | {name=x, things=[a*1, b*2]}",
                "bind name: 'x', things: [testThing('a'), testThing(id: 'b', weight: '2')] | {name=x, things=[a*1, b*2]}",
                "bind name: 'x', way: shortWay()            | {name=x, way=short}",
                "bind name: 'x', way: [$class: 'ShortWay']  | {name=x, way=short}",
                "bind name: 'x', way: longWay(testThing(id: 'a', weight: 3))    | {name=x, way=long a*3}",
                "bind name: 'x', way: longWay(thing: [id: 'b'])  | {name=x, way=long b*1}",
                "steps.bind 'x'                             | {name=x}",
            })
    void argumentsAreConverted(String call, String got) {
        Build build = Build.of(call);

        assertThat(build.output()).isEqualTo("got " + got);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bind name: 'x', count: 'many'   | expects class java.lang.Integer but was unable to coerce the received value \"many\"",
                "bind name: 'x', unit: 'FOO'     | No enum constant java.util.concurrent.TimeUnit.FOO",
                "bind name: 'x', way: [:]        | must specify $class with an implementation of class",
                "bind name: 'x', way: testThing('a') | is using symbol ‘testThing’",
                "bind name: 'x', words: 'a'      | expects java.util.List<java.lang.String> but received class java.lang.String",
                "bind name: 'x', refused: 'y'    | Caused by: java.lang.IllegalArgumentException: not y",
                "bind 'x', 'y'                   | Expected named arguments but got [x, y]",
            })
    void invalidArgumentIsReportedWithItsLine(String call, String message) {
        Build build = Build.of("\n" + call);

        assertThat(build.result()).isEqualTo(Result.FAILURE);
        assertThat(build.log()).contains(message).contains("WorkflowScript:2");
    }

    @Test
    void unknownParameterIsAWarning() {
        Build build = Build.of("bind name: 'x', foo: 1, bar: 2");

        assertThat(build.output())
                .isEqualTo("WARNING: Unknown parameter(s) found for class type '" + BindStep.class.getName()
                        + "': bar,foo\ngot {name=x}");
        assertThat(build.result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    void mapCanBeTheValueOfTheOnlyParameter() {
        Build build = Build.of("echo mapStep(a: 1, b: 2).toString()\necho mapStep(values: [c: 3]).toString()");

        assertThat(build.output()).isEqualTo("[a:1, b:2]\n[c:3]");
    }

    @Test
    void errorForAnUnknownStepListsTheKnownOnes() {
        Build build = Build.of("foo 'x'");

        assertThat(build.log())
                .contains("java.lang.NoSuchMethodError: No such DSL method 'foo' found among steps [")
                .contains("echo, ")
                .contains("] or symbols [")
                .contains("shortWay")
                .contains("at WorkflowScript.run(WorkflowScript:1)");
    }
}
