package io.jenkins.plugins.drbdocfs2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

@AnalyzeClasses(packages = "io.jenkins.plugins.drbdocfs2", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "com.cloudbees..", "org.kohsuke.."
    };

    @ArchTest
    static final ArchRule noJenkinsTypeOutsideItsPackages = noClasses()
            .that()
            .resideOutsideOfPackages("..steps..", "..freestyle..", "..drbdocfs2.jenkins..", "..runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JENKINS);

    @ArchTest
    static final ArchRule thePluginDoesNotKnowTheRunner = noClasses()
            .that()
            .resideOutsideOfPackage("..runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..runner..", "groovy..", "org.codehaus.groovy..", "com.cloudbees.groovy..");

    @ArchTest
    static final ArchRule arrowsGoDownOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("steps")
            .definedBy("..steps..", "..freestyle..")
            .layer("jenkins")
            .definedBy("io.jenkins.plugins.drbdocfs2.jenkins..")
            .layer("operation")
            .definedBy("..operation..")
            .layer("result")
            .definedBy("..result..")
            .layer("things")
            .definedBy("..drbd..", "..ocfs2..", "..storage..")
            .layer("facts")
            .definedBy("..facts..")
            .layer("remote")
            .definedBy("..remote..")
            .whereLayer("steps")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jenkins")
            .mayOnlyBeAccessedByLayers("steps")
            .whereLayer("operation")
            .mayOnlyBeAccessedByLayers("steps", "jenkins")
            .whereLayer("result")
            .mayOnlyBeAccessedByLayers("steps", "jenkins", "operation")
            .whereLayer("things")
            .mayOnlyBeAccessedByLayers("steps", "jenkins", "operation")
            .whereLayer("facts")
            .mayOnlyBeAccessedByLayers("operation", "things")
            .whereLayer("remote")
            .mayOnlyBeAccessedByLayers("steps", "jenkins", "operation", "things", "facts");

    @ArchTest
    static final ArchRule whatFormsAskIsAskedByPostAndAnsweredByPermission = methods()
            .that()
            .haveNameMatching("do(Check|Fill|Test|Validate)[A-Z].*")
            .should()
            .beAnnotatedWith(POST.class)
            .andShould(askForPermission());

    @ArchTest
    static final ArchRule whatElseIsServedSaysHowAndAsksForPermission = methods()
            .that()
            .haveNameMatching("do[A-Z].*")
            .and()
            .haveNameNotMatching("do(Check|Fill|Test|Validate)[A-Z].*")
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("..steps..", "..freestyle..", "..drbdocfs2.jenkins..")
            .and()
            .arePublic()
            .should()
            .beAnnotatedWith(POST.class)
            .orShould()
            .beAnnotatedWith(GET.class)
            .andShould(askForPermission());

    /** Calls, by however many methods of the plugin, checkPermission or hasPermission. */
    private static ArchCondition<JavaMethod> askForPermission() {
        return new ArchCondition<>("ask for permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean asks = asks(method, new HashSet<>());
                events.add(new SimpleConditionEvent(method, asks, method.getFullName() + " asks for no permission"));
            }
        };
    }

    private static boolean asks(JavaCodeUnit code, Set<JavaCodeUnit> seen) {
        if (!seen.add(code)) {
            return false;
        }
        return code.getMethodCallsFromSelf().stream()
                .map(call -> call.getTarget())
                .anyMatch(target -> target.getName().equals("checkPermission")
                        || target.getName().equals("hasPermission")
                        || target.getOwner().getPackageName().startsWith("io.jenkins.plugins.drbdocfs2")
                                && target.resolveMember()
                                        .map(next -> asks(next, seen))
                                        .orElse(false));
    }
}
