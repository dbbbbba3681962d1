package io.jenkins.plugins.drbdocfs2.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Descriptor;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import jenkins.model.TransientActionFactory;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;

/** Jenkins finds the extensions and symbols of the plugin through two index files in its archive. */
class IndexTest {
    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.drbdocfs2");

    private static List<String> classes(Predicate<JavaClass> wanted) {
        return PLUGIN.stream()
                .filter(type -> !type.getPackageName().contains(".runner"))
                .filter(wanted)
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    @Test
    void indexOfExtensionsHasEveryDescriptorListenerFactoryAndMonitorAndNothingOfTheRunner() {
        List<String> found = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, IndexTest.class.getClassLoader())) {
            if (item.className().startsWith("io.jenkins.plugins.drbdocfs2.")) {
                found.add(item.className());
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(classes(type -> (type.isAssignableTo(Descriptor.class)
                                || type.isAssignableTo(RunListener.class)
                                || type.isAssignableTo(TransientActionFactory.class)
                                || type.isAssignableTo(AdministrativeMonitor.class))
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT)));
    }

    @Test
    void everySymbolIsInTheIndexOfSymbols() throws IOException {
        try (InputStream index =
                Step.class.getResourceAsStream("/META-INF/services/annotations/org.jenkinsci.Symbol")) {
            assertThat(new String(index.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(classes(type -> type.isAnnotatedWith(Symbol.class)));
        }
    }

    @Test
    void everyStepHasADescriptorThatIsAnExtension() throws Exception {
        List<String> functions = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, IndexTest.class.getClassLoader())) {
            if (item.className().startsWith("io.jenkins.plugins.drbdocfs2.steps.")
                    && item.instance() instanceof StepDescriptor descriptor) {
                functions.add(descriptor.getFunctionName());
            }
        }
        assertThat(functions)
                .containsExactlyInAnyOrder(
                        "withClusterNodes",
                        "withNodeInMaintenance",
                        "clusterConfirmNodeDown",
                        "clusterCheck",
                        "clusterConfigureFencing",
                        "clusterExec",
                        "clusterFenceNode",
                        "clusterDescribe",
                        "clusterHealth",
                        "clusterTestFencing",
                        "clusterMount",
                        "clusterReboot",
                        "clusterUnmount",
                        "drbdCreateResource",
                        "drbdDemote",
                        "drbdInstall",
                        "drbdPromote",
                        "drbdRemoveResource",
                        "drbdResize",
                        "drbdResolveSplitBrain",
                        "drbdStatus",
                        "drbdSwitchover",
                        "drbdVerify",
                        "drbdWaitSync",
                        "filesystemFormat",
                        "filesystemGrow",
                        "lvmCreateVolume",
                        "ocfs2Check",
                        "ocfs2ConfigureCluster",
                        "ocfs2Format",
                        "ocfs2Install",
                        "ocfs2Status",
                        "ocfs2Tune",
                        "ocfs2VerifySharing");
    }

    @Test
    void builderAndConfigurationAndTheirPartsAreExtensions() {
        List<String> others = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, IndexTest.class.getClassLoader())) {
            String name = item.className();
            if (name.startsWith("io.jenkins.plugins.drbdocfs2.") && !name.endsWith("Step$DescriptorImpl")) {
                others.add(name.substring("io.jenkins.plugins.drbdocfs2.".length()));
            }
        }
        assertThat(others)
                .containsExactlyInAnyOrder(
                        "freestyle.ClusterBuilder$DescriptorImpl",
                        "jenkins.ClusterConfiguration",
                        "jenkins.ClusterConfiguration$NamesMonitor",
                        "jenkins.ClusterLocks$EndOfBuild",
                        "jenkins.JobClusterAction$Factory",
                        "jenkins.NamedCluster$DescriptorImpl",
                        "jenkins.ClusterNode$DescriptorImpl",
                        "jenkins.KnownHostsFileStrategy$DescriptorImpl",
                        "jenkins.ManuallyProvidedKeysStrategy$DescriptorImpl",
                        "jenkins.AcceptFirstConnectionStrategy$DescriptorImpl",
                        "jenkins.NoHostKeyVerificationStrategy$DescriptorImpl",
                        "steps.DrbdVolume$DescriptorImpl",
                        "steps.FenceDevice$DescriptorImpl",
                        "steps.NodeDisk$DescriptorImpl");
    }
}
