package io.jenkins.plugins.drbdocfs2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

@AnalyzeClasses(packages = "io.jenkins.plugins.drbdocfs2", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "com.cloudbees..", "org.kohsuke.."
    };

    private static final String PLUGIN = "io.jenkins.plugins.drbdocfs2";
    private static final int MOST_CLASSES = 35;
    private static final int MOST_LINES = 300;

    /** The packages from the bottom up, each with those that it may use: only packages above it, so there is no cycle. */
    private static final Map<String, Set<String>> DEPENDENCIES = dependencies(
            """
            check
            remote
            remote.hostkeys: check remote
            remote.ssh: check remote remote.hostkeys
            facts: check remote
            drbd.metadata: check facts
            drbd.config: check facts drbd.metadata
            drbd.status: check facts drbd.config
            drbd.manager: check facts
            storage: check remote facts
            ocfs2: check remote facts storage
            drbd: check facts drbd.config drbd.status storage
            result: check
            report: check result
            report.trend: check result report
            lock: remote facts
            engine: check remote remote.hostkeys remote.ssh facts result lock
            operation.refusal: engine
            operation.view: check facts drbd.metadata drbd.config drbd.status drbd.manager storage ocfs2 drbd result engine
            operation.guard: check remote facts drbd.metadata drbd.config drbd.status drbd.manager storage ocfs2 drbd engine operation.refusal operation.view
            operation.node: check remote facts drbd.config drbd engine operation.refusal operation.view operation.guard
            operation.health: check remote facts drbd.config drbd.status storage ocfs2 drbd result engine operation.refusal operation.view operation.guard operation.node
            operation.storage: check remote facts drbd.config drbd.manager storage ocfs2 drbd engine operation.refusal operation.view operation.guard
            operation.ocfs2: check remote facts drbd.config storage ocfs2 engine operation.refusal operation.view operation.guard
            operation.fencing: check remote facts drbd.config drbd.status drbd.manager storage ocfs2 drbd engine operation.refusal operation.view operation.guard operation.node
            operation.maintenance: check facts remote drbd.config drbd.status drbd.manager storage drbd engine operation.refusal operation.view operation.guard operation.storage
            operation.drbd.sync: check facts drbd.config drbd.status drbd engine operation.view
            operation.drbd.create: check remote facts drbd.metadata drbd.config drbd.status storage ocfs2 drbd engine operation.refusal operation.view operation.guard operation.fencing operation.drbd.sync
            operation.drbd: check remote facts drbd.metadata drbd.config drbd.status drbd.manager storage drbd engine operation.refusal operation.view operation.guard operation.health operation.storage operation.drbd.sync operation.drbd.create
            operation.describe: check remote facts drbd.config drbd.manager ocfs2 storage drbd engine operation.refusal operation.view operation.guard operation.node operation.storage operation.ocfs2 operation.drbd.create operation.drbd
            jenkins: check remote remote.hostkeys remote.ssh facts drbd.config result report report.trend lock engine operation.guard
            steps: check remote facts drbd.config storage ocfs2 engine operation.guard operation.fencing operation.maintenance operation.node operation.health operation.storage operation.ocfs2 operation.drbd.create operation.drbd operation.describe jenkins
            freestyle: check facts engine jenkins steps
            """);

    @ArchTest
    static final ArchRule onlyJenkinsPackagesUseJenkinsTypes = noClasses()
            .that()
            .resideOutsideOfPackages("..steps..", "..freestyle..", "..drbdocfs2.jenkins..", "..runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JENKINS);

    @ArchTest
    static final ArchRule pluginDoesNotUseTheRunner = noClasses()
            .that()
            .resideOutsideOfPackage("..runner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..runner..", "groovy..", "org.codehaus.groovy..", "com.cloudbees.groovy..");

    @ArchTest
    static void packagesUseOnlyAllowedPackages(JavaClasses classes) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = packageOf(type);
                String to = packageOf(dependency.getTargetClass());
                if (!from.startsWith("runner")
                        && !to.isEmpty()
                        && !from.equals(to)
                        && !mayUse(from).contains(to)) {
                    wrong.add(from + " -> " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ArchTest
    static void packagesHaveALimitedNumberOfClasses(JavaClasses classes) {
        Map<String, Long> sizes = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(ArchitectureTest::packageOf, Collectors.counting()));
        sizes.remove("steps"); // one class per step
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @ArchTest
    static void classesHaveAtMost300Lines(JavaClasses classes) throws IOException {
        Map<Path, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                lines.put(file, Files.readAllLines(file).size());
            }
        }
        assertThat(lines).isNotEmpty();
        lines.values().removeIf(count -> count <= MOST_LINES);
        assertThat(lines).isEmpty();
    }

    @ArchTest
    static final ArchRule formMethodsRequirePostAndPermission = methods()
            .that()
            .haveNameMatching("do(Check|Fill|Test|Validate)[A-Z].*")
            .should()
            .beAnnotatedWith(POST.class)
            .andShould(askForPermission());

    @ArchTest
    static final ArchRule webMethodsRequireAVerbAndPermission = methods()
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

    /** Calls checkPermission or hasPermission, directly or through methods of the plugin. */
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

    private static Map<String, Set<String>> dependencies(String text) {
        Map<String, Set<String>> dependencies = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.split("[: ]+"));
            Set<String> used = Set.copyOf(words.subList(1, words.size()));
            assertThat(dependencies.keySet()).as(line).containsAll(used);
            dependencies.put(words.get(0), used);
        }
        return dependencies;
    }

    private static Set<String> mayUse(String name) {
        assertThat(DEPENDENCIES).containsKey(name);
        return DEPENDENCIES.get(name);
    }

    /** The package below that of the plugin; empty for classes outside, such as those in JSch's package. */
    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(PLUGIN + ".") ? name.substring(PLUGIN.length() + 1) : "";
    }
}
