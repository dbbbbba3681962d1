package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.drbdocfs2.steps.ClusterMountStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdPromoteStep;
import io.jenkins.plugins.drbdocfs2.steps.DrbdSwitchoverStep;
import io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks and choices of form fields, and the users who may see them. */
class FormsTest {
    private static final String PLUGIN = "io.jenkins.plugins.drbdocfs2.";

    /** A value that is invalid in every field. */
    private static final String IMPOSSIBLE = "no \0 <b>value</b>" + "x".repeat(300);

    @BeforeEach
    void cluster() {
        ClusterConfiguration.get().setClusters(List.of(new NamedCluster("storage")));
    }

    @AfterEach
    void none() {
        ClusterConfiguration.get().setClusters(List.of());
    }

    @Test
    void clustersWithOneNameAreToldAndCannotBeUsed() {
        ClusterConfiguration.NamesMonitor monitor =
                ExtensionList.lookupSingleton(ClusterConfiguration.NamesMonitor.class);
        assertThat(monitor.isActivated()).isFalse();
        ClusterConfiguration configuration = ClusterConfiguration.get();
        configuration.setClusters(List.of(
                new NamedCluster("a"),
                new NamedCluster("b"),
                new NamedCluster("a"),
                new NamedCluster("a"),
                new NamedCluster("/")));

        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getProblems())
                .hasSize(2)
                .anyMatch(problem -> problem.equals("name of a cluster must not be given twice, but is 'a'."))
                .anyMatch(problem -> problem.endsWith("but is '/'."));
        assertThatThrownBy(() -> configuration.cluster("a"))
                .hasMessage("cluster must be the name of one cluster, and 3 have it, but is 'a'.");
        assertThatThrownBy(() -> configuration.cluster("/"))
                .hasMessageContaining("start and end with a letter or digit");
        assertThat(configuration.cluster("b").getName()).isEqualTo("b");
        NamedCluster.DescriptorImpl form = ExtensionList.lookupSingleton(NamedCluster.DescriptorImpl.class);
        assertThat(form.doCheckName(null, "a").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doCheckName(null, "b").kind).isEqualTo(FormValidation.Kind.OK);
    }

    /** A request of a form: a method of a descriptor. */
    record Question(Descriptor<?> descriptor, Method method) {
        @SuppressWarnings("unchecked")
        <T> T ask(Item item, String value) throws ReflectiveOperationException {
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(type -> type == Item.class ? item : value)
                    .toArray();
            return (T) method.invoke(descriptor, arguments);
        }

        @Override
        public String toString() {
            return descriptor.clazz.getSimpleName() + "." + method.getName();
        }
    }

    private static Stream<Question> questions(Class<?> answer) {
        return ExtensionList.lookup(Descriptor.class).stream()
                .<Descriptor<?>>map(descriptor -> descriptor)
                .filter(descriptor -> descriptor.getClass().getName().startsWith(PLUGIN)
                        && !descriptor.getClass().getName().startsWith(PLUGIN + "runner."))
                .flatMap(descriptor -> Stream.of(descriptor.getClass().getMethods())
                        .filter(method -> method.getName().startsWith("do") && !method.isBridge())
                        .filter(method -> answer.isAssignableFrom(method.getReturnType()))
                        .filter(method ->
                                Arrays.asList(method.getParameterTypes()).contains(Item.class))
                        .map(method -> new Question(descriptor, method)));
    }

    static Stream<Question> checks() {
        return questions(FormValidation.class);
    }

    static Stream<Question> lists() {
        return questions(ListBoxModel.class);
    }

    private static Item job(Permission... granted) {
        List<Permission> rights = List.of(granted);
        return (Item) Proxy.newProxyInstance(
                Item.class.getClassLoader(), new Class<?>[] {Item.class}, (self, method, given) -> {
                    if (method.getName().equals("hasPermission")) {
                        return rights.contains(given[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @MethodSource("checks")
    void onlyUsersWhoMayConfigureTheJobSeeTheErrorOfAField(Question question) throws Exception {
        FormValidation answer = question.ask(job(Item.CONFIGURE, Item.EXTENDED_READ), IMPOSSIBLE);
        assertThat(answer.kind).as(question.toString()).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml()).doesNotContain("<b>");
        FormValidation none = question.ask(job(Item.READ, Item.EXTENDED_READ), IMPOSSIBLE);
        assertThat(none.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(none.getMessage()).isNull();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void onlyUsersWhoMaySeeTheConfigurationSeeMoreThanTheCurrentChoice(Question question) throws Exception {
        ListBoxModel shown = question.ask(job(Item.EXTENDED_READ), "set");
        ListBoxModel none = question.ask(job(Item.READ), "set");
        assertThat(none)
                .filteredOn(option -> !option.value.isEmpty())
                .singleElement()
                .satisfies(option -> assertThat(option.value).isEqualTo("set"));
        assertThat(shown).extracting(option -> option.value).contains("set");
    }

    @Test
    void nearlyEveryFieldIsChecked() {
        assertThat(checks().map(Question::toString).distinct()).hasSizeGreaterThan(60);
        assertThat(lists().map(Question::toString))
                .contains(
                        "WithClusterNodesStep.doFillClusterItems",
                        "WithClusterNodesStep.doFillCredentialsIdItems",
                        "DrbdCreateResourceStep.doFillSharedSecretCredentialsIdItems",
                        "DrbdCreateResourceStep.doFillProtocolItems",
                        "ClusterBuilder.doFillClusterItems");
    }

    @Test
    void configuredClustersAreChoices() {
        ListBoxModel shown = ExtensionList.lookupSingleton(
                        io.jenkins.plugins.drbdocfs2.steps.WithClusterNodesStep.DescriptorImpl.class)
                .doFillClusterItems(job(Item.EXTENDED_READ), null);
        assertThat(shown).extracting(option -> option.value).containsExactly("", "storage");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void emptyFieldIsNoErrorWhileTheFormIsFilledIn(Question question) throws Exception {
        for (String empty : new String[] {"", "  ", null}) {
            FormValidation answer = question.ask(job(Item.CONFIGURE), empty);
            assertThat(answer.kind).as(question.toString()).isEqualTo(FormValidation.Kind.OK);
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void errorBeginsWithTheLabelOfTheField(Question question) throws Exception {
        FormValidation answer = question.ask(job(Item.CONFIGURE), "no \0 value");
        String field = question.method().getName().substring("doCheck".length());
        String label = FormField.label(Character.toLowerCase(field.charAt(0)) + field.substring(1));
        assertThat(answer.getMessage()).as(question.toString()).startsWith(label);
    }

    @Test
    void errorGivesAnExample() {
        DrbdPromoteStep.DescriptorImpl promote = ExtensionList.lookupSingleton(DrbdPromoteStep.DescriptorImpl.class);
        assertThat(promote.doCheckResource(job(Item.CONFIGURE), "r/0").getMessage())
                .endsWith(". For example: r0");
        assertThat(promote.doCheckNode(job(Item.CONFIGURE), "sv 1").getMessage())
                .endsWith(". For example: sv1");
    }

    @Test
    void filesystemTypeIsAChoiceThatKeepsAnotherType() {
        ClusterMountStep.DescriptorImpl mount = ExtensionList.lookupSingleton(ClusterMountStep.DescriptorImpl.class);
        assertThat(mount.doFillTypeItems(job(Item.EXTENDED_READ), "gfs2"))
                .extracting(option -> option.value)
                .containsExactly("ocfs2", "xfs", "ext4", "gfs2");
        DrbdSwitchoverStep.DescriptorImpl switchover =
                ExtensionList.lookupSingleton(DrbdSwitchoverStep.DescriptorImpl.class);
        assertThat(switchover.doFillTypeItems(job(Item.EXTENDED_READ), null))
                .extracting(option -> option.value)
                .containsExactly("", "ocfs2", "xfs", "ext4");
    }

    @Test
    void snippetGeneratorMakesNoCallThatAlwaysFails() {
        StepDescriptor promote = StepDescriptor.byFunctionName("drbdPromote");
        assertThat(promote.uninstantiate(new DrbdPromoteStep("r0", "sv1"))).isNotNull();
        assertThatThrownBy(() -> promote.uninstantiate(new DrbdPromoteStep("r0", " ")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Promote a DRBD resource to Primary: Node must not be empty.");
        StepDescriptor block = StepDescriptor.byFunctionName("withClusterNodes");
        WithClusterNodesStep step = new WithClusterNodesStep();
        assertThatThrownBy(() -> block.uninstantiate(step))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Choose a cluster, or add the nodes");
        step.setCluster("storage");
        assertThat(block.uninstantiate(step)).isNotNull();
    }

    @Test
    void validValueGivesNoMessage() {
        List<String> right = new ArrayList<>();
        DrbdPromoteStep.DescriptorImpl promote = ExtensionList.lookupSingleton(DrbdPromoteStep.DescriptorImpl.class);
        right.add(promote.doCheckResource(job(Item.CONFIGURE), "r0").getMessage());
        right.add(promote.doCheckNodes(job(Item.CONFIGURE), "sv1, sv2").getMessage());
        assertThat(right).containsOnlyNulls();
    }
}
