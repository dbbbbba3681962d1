package io.jenkins.plugins.drbdocfs2.manual;

import io.jenkins.plugins.drbdocfs2.runner.engine.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All examples in the documentation. */
final class Examples {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```groovy\\n(.*?)^```$");

    /** The files that examples read with readFile. */
    private static final Map<String, String> FILES = Map.of(
            "r0.res",
            """
            resource r0 {
                device /dev/drbd0;
                disk /dev/sys/drbd0;
                meta-disk internal;
                on sv1 { address 192.168.0.1:7789; }
                on sv2 { address 192.168.0.2:7789; }
            }
            """);

    private static final Map<String, Rehearsal.Keys> RESULTS = results();

    /** The rehearsal that runs the examples. */
    static Rehearsal rehearsal() {
        return new Rehearsal(FILES, RESULTS);
    }

    private static Map<String, Rehearsal.Keys> results() {
        Map<String, Rehearsal.Keys> results = new LinkedHashMap<>();
        for (Component step : Components.steps()) {
            Set<String> keys = new LinkedHashSet<>();
            step.resultKeys().forEach(key -> keys.add(key.split("\\.")[0]));
            Set<String> whole = new LinkedHashSet<>(keys);
            step.parameters().forEach(parameter -> whole.add(parameter.name()));
            results.put(step.name(), new Rehearsal.Keys(whole, keys));
        }
        return results;
    }

    /** The Jenkinsfiles of the directory examples, and those in the README and the manuals, by location. */
    static Map<String, String> scripts() throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (Path file : files("examples", "Jenkinsfile")) {
            scripts.put(file.toString(), Files.readString(file));
        }
        List<Path> manuals = new ArrayList<>(List.of(Path.of("README.md"), Path.of("lab/README.md")));
        manuals.addAll(files("docs", ".md"));
        for (Path file : manuals) {
            String text = Files.readString(file);
            Matcher fenced = FENCED.matcher(text);
            while (!file.equals(StepsManual.FILE) && fenced.find()) {
                long line = text.substring(0, fenced.start()).lines().count() + 1;
                scripts.put(file + ":" + line, fenced.group(1));
            }
        }
        return scripts;
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(path -> path.toString().endsWith(end)).sorted().toList();
        }
    }
}
