package io.jenkins.plugins.drbdocfs2.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.xml.DomDriver;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;

/** What Jenkins saved with an older version lacks the fields that came later; they then have the defaults. */
class SavedWithoutFieldsTest {
    private static final String PLUGIN = "io.jenkins.plugins.drbdocfs2";

    /** What a job or the global configuration contains: all classes that a form creates. */
    static Stream<Class<?>> savedClasses() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(PLUGIN + ".steps", PLUGIN + ".jenkins", PLUGIN + ".freestyle")
                        .stream()
                        .filter(type -> type.getConstructors().stream()
                                .anyMatch(constructor -> constructor.isAnnotatedWith(DataBoundConstructor.class)))
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName));
    }

    @ParameterizedTest
    @MethodSource("savedClasses")
    void absentFieldsHaveTheirDefaults(Class<?> type) throws Exception {
        XStream xstream = new XStream(new DomDriver());
        xstream.allowTypesByWildcard(new String[] {PLUGIN + "**"});

        Object saved = xstream.fromXML("<" + type.getName().replace("$", "_-") + "/>");

        assertThat(values(saved)).isEqualTo(values(made(type)));
    }

    private static Object made(Class<?> type) throws Exception {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> Array.get(Array.newInstance(parameter, 1), 0))
                .toArray();
        return constructor.newInstance(nothing);
    }

    private static Map<String, String> values(Object object) throws Exception {
        Map<String, String> values = new TreeMap<>();
        for (Method method : object.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getName().matches("(get|is)[A-Z].*")
                    && !method.getName().equals("getDescriptor")
                    && method.getDeclaringClass().getName().startsWith(PLUGIN)) {
                method.setAccessible(true);
                values.put(method.getName(), String.valueOf(method.invoke(object)));
            }
        }
        return values;
    }
}
