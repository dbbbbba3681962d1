package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;
import io.jenkins.plugins.drbdocfs2.operation.health.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has every refusal of the catalogue. */
class TroubleshootingTest {
    private static final Path FILE = Path.of("docs/troubleshooting.md");
    private static final String COMMAND = "mvn -q test -Dtest=TroubleshootingTest -Dmanual=write";
    private static final String BEGIN = "<!-- generated from the catalogue: " + COMMAND + " -->\n\n";
    private static final String END = "\n<!-- end of what is made -->\n";
    private static final String PROBLEMS = "<!-- made of the problems: " + COMMAND + " -->\n\n";

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.drbdocfs2");

    private static List<JavaClass> enums() {
        return PLUGIN.stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(RefusalKind.class))
                .toList();
    }

    @Test
    void manualMatchesTheCatalogue() throws IOException {
        checkPart(BEGIN, RefusalCatalogue.make());
    }

    @Test
    void manualMatchesTheCatalogueOfProblems() throws IOException {
        checkPart(PROBLEMS, ProblemCatalogue.make());
    }

    private static void checkPart(String head, String expected) throws IOException {
        String manual = Files.readString(FILE);
        int begin = manual.indexOf(head) + head.length();
        int end = manual.indexOf(END, begin);
        assertThat(begin).isGreaterThanOrEqualTo(head.length());
        if ("write".equals(System.getProperty("manual"))) {
            manual = manual.substring(0, begin) + expected + manual.substring(end);
            Files.writeString(FILE, manual);
            end = manual.indexOf(END, begin);
        }

        assertThat(manual.substring(begin, end))
                .as(FILE + " is out of date. Do not edit this part; run: " + COMMAND)
                .isEqualTo(expected);
    }

    @Test
    void everyProblemHasAUniqueIdAndIsUsed() {
        assertThat(ProblemKind.values())
                .extracting(ProblemKind::id)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(
                        RefusalCatalogue.all().stream().map(RefusalKind::id).toList())
                .allMatch(id -> id.matches("[a-z0-9]+\\.[a-z0-9-]+"));
        assertThat(unused(PLUGIN.get(ProblemKind.class)))
                .as("problems that no rule finds")
                .isEmpty();
    }

    @Test
    void problemsAreSortedBySeverityAndHaveAMeaningAndARemedy() {
        assertThat(ProblemKind.values()).extracting(ProblemKind::severity).isSorted();
        assertThat(ProblemKind.values()).allSatisfy(kind -> {
            assertThat(kind.title()).isNotBlank().doesNotEndWith(".");
            assertThat(kind.meaning()).endsWith(".");
            assertThat(kind.remedy()).endsWith(".");
        });
    }

    @Test
    void manualHasEveryRefusal() {
        assertThat(RefusalCatalogue.all())
                .as("the chapters of RefusalCatalogue")
                .extracting(kind -> kind.getClass().getName())
                .containsAll(enums().stream().map(JavaClass::getName).toList());
    }

    @Test
    void everyRefusalIsUsed() {
        List<String> unused =
                enums().stream().flatMap(type -> unused(type).stream()).toList();

        assertThat(unused).as("refusals that no step makes").isEmpty();
    }

    /** The constants of an enum that no other class uses. */
    private static List<String> unused(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.ENUM))
                .filter(field -> field.getAccessesToSelf().stream()
                        .allMatch(access -> access.getOriginOwner().equals(type)))
                .map(JavaField::getFullName)
                .toList();
    }

    @Test
    void idsAreUniqueAndMatchTheirConstants() {
        assertThat(RefusalCatalogue.all()).extracting(RefusalKind::id).doesNotHaveDuplicates();
        assertThat(RefusalCatalogue.all()).allSatisfy(kind -> assertThat(kind.id())
                .matches("[a-z0-9]+\\.[a-z0-9-]+")
                .endsWith("." + ((Enum<?>) kind).name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Test
    void everyRefusalHasAMeaningAndARemedy() {
        assertThat(RefusalCatalogue.all()).allSatisfy(kind -> {
            assertThat(kind.entry().title()).isNotBlank().doesNotEndWith(".");
            assertThat(kind.entry().meaning()).endsWith(".");
            assertThat(kind.entry().remedy()).endsWith(".");
        });
    }
}
