package io.jenkins.plugins.drbdocfs2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
