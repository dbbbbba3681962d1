package io.jenkins.plugins.drbdocfs2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads the packaged plugin as Jenkins does: the classes of the plugin and of its libraries come only from the archive.
 * Runs when the archive exists, in {@code mvn verify}.
 */
class PackagedPluginIT {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String JAR = "drbd-ocfs2-steps.jar";

    @TempDir
    private Path folder;

    private final List<Path> jars = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        try (ZipFile archive = new ZipFile("target/drbd-ocfs2-steps.hpi")) {
            for (ZipEntry entry : archive.stream().toList()) {
                if (entry.getName().endsWith(".jar")) {
                    Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
                    try (InputStream in = archive.getInputStream(entry)) {
                        Files.copy(in, jar);
                    }
                    jars.add(jar);
                }
            }
        }
    }

    /** The classes of Jenkins and of the required plugins. */
    private static final class Jenkins extends ClassLoader {
        private static final List<String> PACKAGES = List.of(
                "hudson.", "jenkins.", "org.kohsuke.", "org.jenkinsci.", "com.cloudbees.", "net.sf.json.", "jakarta.");

        Jenkins() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (PACKAGES.stream().anyMatch(name::startsWith)) {
                return PackagedPluginIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void archiveContainsEveryClassOfTheSources() throws Exception {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        List<Path> sources;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
        assertThat(sources).hasSizeGreaterThan(200);
        try (URLClassLoader loader = new URLClassLoader(urls, new Jenkins())) {
            for (Path source : sources) {
                String name = SOURCES.relativize(source).toString().replace('/', '.');
                Class<?> loaded = Class.forName(name.substring(0, name.length() - ".java".length()), true, loader);
                assertThat(loaded.getClassLoader()).as(name).isSameAs(loader);
                assertThat(loaded.getDeclaredMethods()).as(name).isNotNull();
            }
        }
    }

    @Test
    void archiveContainsNothingOfJenkins() throws IOException {
        assertThat(jars).extracting(jar -> jar.getFileName().toString()).contains(JAR);
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.stream().map(ZipEntry::getName))
                        .as(jar.toString())
                        .noneMatch(name -> Jenkins.PACKAGES.stream()
                                .anyMatch(own -> name.startsWith(own.replace('.', '/')) && name.endsWith(".class")));
            }
        }
    }

    @Test
    void archiveHasManifestAndIndicesWhereJenkinsReadsThem() throws IOException {
        try (JarFile archive = new JarFile("target/drbd-ocfs2-steps.hpi");
                JarFile jar = new JarFile(folder.resolve(JAR).toFile())) {
            Manifest inner = jar.getManifest();
            assertThat(archive.getManifest().getMainAttributes())
                    .as("what Jenkins reads when it installs the archive")
                    .containsAllEntriesOf(inner.getMainAttributes());
            assertThat(inner.getMainAttributes().getValue("Short-Name")).isEqualTo("drbd-ocfs2-steps");
            for (String index : List.of(
                    "META-INF/annotations/hudson.Extension", "META-INF/services/annotations/org.jenkinsci.Symbol")) {
                try (InputStream packed = jar.getInputStream(jar.getEntry(index));
                        InputStream compiled = Files.newInputStream(Path.of("target/classes", index))) {
                    assertThat(packed.readAllBytes()).as(index).isEqualTo(compiled.readAllBytes());
                }
            }
        }
    }
}
