package io.jenkins.plugins.drbdocfs2.runner;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.jenkins.ClusterConfiguration;
import io.jenkins.plugins.drbdocfs2.jenkins.NamedCluster;
import io.jenkins.plugins.drbdocfs2.runner.binding.Model;
import io.jenkins.plugins.drbdocfs2.runner.binding.SymbolCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the clusters that a Jenkinsfile uses by name, as JSON with the content of {@code drbdOcfs2:} in Jenkins'
 * configuration as code.
 */
final class ClustersFile {
    private static final String CLUSTERS = "clusters";
    private static final String HOST_KEYS = "hostKeys";

    private final Path file;

    private ClustersFile(Path file) {
        this.file = file;
    }

    /**
     * Configures the plugin with the clusters of a file, or with none.
     *
     * @throws UsageException if the content of the file is not valid
     */
    static void configure(@CheckForNull Path file) throws UsageException {
        ClusterConfiguration configuration = ClusterConfiguration.get();
        try {
            configuration.setClusters(file == null ? List.of() : new ClustersFile(file).read());
            configuration.checkNames();
        } catch (InvalidParameterException e) {
            throw new ClustersFile(file).wrong(e.getMessage());
        }
    }

    private List<NamedCluster> read() throws UsageException {
        JsonObject all = JsonFile.read(file, CLUSTERS);
        if (!(all.get(CLUSTERS) instanceof JsonArray entries) || all.size() != 1) {
            throw wrong("must have a list \"clusters\" and nothing else");
        }
        List<NamedCluster> clusters = new ArrayList<>();
        for (Object entry : entries) {
            if (!(entry instanceof JsonObject object)) {
                throw wrong("has an entry that is not an object");
            }
            clusters.add(cluster(object));
        }
        return clusters;
    }

    private NamedCluster cluster(JsonObject entry) throws UsageException {
        Map<String, Object> arguments = new LinkedHashMap<>(entry);
        arguments.computeIfPresent(HOST_KEYS, (name, value) -> symbol(value));
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        PrintStream log = new PrintStream(warnings, true, StandardCharsets.UTF_8);
        NamedCluster cluster;
        try {
            cluster = (NamedCluster) Model.of(NamedCluster.class).instantiate(arguments, () -> log);
        } catch (IllegalArgumentException e) {
            throw wrong("has an entry that is not a cluster: " + e.getMessage());
        }
        if (warnings.size() > 0) {
            throw wrong("has an entry with what no cluster has: "
                    + warnings.toString(StandardCharsets.UTF_8).strip());
        }
        return cluster;
    }

    /** {@code "symbol"} or {@code {"symbol": {"name": value}}}. */
    private static Object symbol(Object value) {
        if (value instanceof String symbol) {
            return new SymbolCall(symbol, Map.of());
        }
        if (value instanceof JsonObject object && object.size() == 1) {
            Map.Entry<String, Object> only = object.entrySet().iterator().next();
            if (only.getValue() instanceof JsonObject arguments) {
                return new SymbolCall(only.getKey(), arguments);
            }
        }
        return value;
    }

    private UsageException wrong(String what) {
        return new UsageException("the clusters file " + file + " " + what);
    }
}
