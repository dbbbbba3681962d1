package io.jenkins.plugins.drbdocfs2.manual;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.drbdocfs2.engine.RefusalKind;
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
    private static final String BEGIN = "<!-- made of the catalogue: " + COMMAND + " -->\n\n";
    private static final String END = "\n<!-- end of what is made -->\n";

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
        String manual = Files.readString(FILE);
        int begin = manual.indexOf(BEGIN) + BEGIN.length();
        int end = manual.indexOf(END);
        if ("write".equals(System.getProperty("manual"))) {
            manual = manual.substring(0, begin) + RefusalCatalogue.make() + manual.substring(end);
            Files.writeString(FILE, manual);
            end = manual.indexOf(END);
        }

        assertThat(manual.substring(begin, end))
                .as(FILE + " is out of date. Do not edit this part; run: " + COMMAND)
                .isEqualTo(RefusalCatalogue.make());
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
        List<String> unused = enums().stream()
                .flatMap(type -> type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.ENUM))
                        .filter(field -> field.getAccessesToSelf().stream()
                                .allMatch(access -> access.getOriginOwner().equals(type))))
                .map(JavaField::getFullName)
                .toList();

        assertThat(unused).as("refusals that no step makes").isEmpty();
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
