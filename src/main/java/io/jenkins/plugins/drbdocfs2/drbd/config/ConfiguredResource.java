package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.List;
import java.util.Map;

/**
 * A resource according to the configuration files of a node.
 *
 * @param resource the resource as drbdadm reads it; null if it is not configured or cannot be read
 * @param common the sections of {@code common}, which apply to all resources of the node
 * @param error why the configuration is unknown, with drbdadm's message; empty if it is known
 * @param adjustKnown whether {@code drbdadm -d adjust} was run and printed what it would do
 * @param adjust the commands that {@code drbdadm adjust} would run; none if the running resource matches its configuration
 * @param metadata the metadata of each volume that has some
 * @param file the file that defines the resource; empty if none does, or if drbdadm does not print it (8.3)
 * @param adjustError the message of {@code drbdadm -d adjust} if it failed; empty if it succeeded, or was not run
 */
public record ConfiguredResource(
        Resource resource,
        List<Section> common,
        String error,
        boolean adjustKnown,
        List<String> adjust,
        Map<Integer, List<GenerationIds>> metadata,
        String file,
        String adjustError) {

    private static final int NOT_INSTALLED = 3;

    /** A resource that is not configured. */
    public static final ConfiguredResource NONE = new ConfiguredResource(null, "", false, List.of(), Map.of());

    /** A resource on a node without {@code common} options. */
    public ConfiguredResource(
            Resource resource,
            String error,
            boolean adjustKnown,
            List<String> adjust,
            Map<Integer, List<GenerationIds>> metadata) {
        this(resource, List.of(), error, adjustKnown, adjust, metadata, "", "");
    }

    /** Whether the files define the resource, in a supported form. */
    public boolean isConfigured() {
        return resource != null;
    }

    /** The nodes; none if it is not configured. */
    public List<Resource.Host> hosts() {
        return resource == null ? List.of() : resource.hosts();
    }

    /** The volumes; none if it is not configured. */
    public List<Resource.Volume> volumes() {
        return resource == null ? List.of() : resource.volumes();
    }

    /** Whether both nodes may be Primary; false if it is not configured. */
    public boolean dualPrimary() {
        return resource != null && resource.dualPrimary();
    }

    /** Whether it is known if and how the files define the resource. */
    public boolean isKnown() {
        return error.isEmpty();
    }

    /** The options in effect for the resource; only those in {@code common} if it is not configured. */
    public EffectiveOptions options() {
        return new EffectiveOptions(resource == null ? List.of() : resource.options(), common);
    }

    /** The same with other metadata. */
    public ConfiguredResource withMetadata(Map<Integer, List<GenerationIds>> other) {
        return new ConfiguredResource(resource, common, error, adjustKnown, adjust, other, file, adjustError);
    }

    private static final String SCRIPT = ShellFile.read(ConfiguredResource.class, "configured-resource.sh");
    private static final String METADATA = ShellFile.read(ConfiguredResource.class, "metadata.sh");

    /** The shell that probes what adjusting would change; unknown while the module is not loaded. */
    public static final String ADJUST = ShellFile.read(ConfiguredResource.class, "adjust.sh");

    /** The shell that probes the resource alone; after lines that set {@code $conf} and {@code $t}. */
    public static String script(String resource) {
        return ifInstalled(ShellFile.with(SCRIPT, resource));
    }

    /** The shell that probes the resource and its metadata, followed by more shell; after the same lines. */
    public static String script(String resource, String more) {
        return ifInstalled(ShellFile.with(SCRIPT, resource) + METADATA + more);
    }

    private static String ifInstalled(String script) {
        return "if command -v drbdadm > /dev/null; then\n" + script + "true\nelse\n(exit " + NOT_INSTALLED + ")\nfi\n";
    }

    /** Parses the output of the script. */
    public static ConfiguredResource parse(Reading reading) {
        return reading.exitCode() == NOT_INSTALLED ? NONE : new ConfiguredResourceReader(reading.text()).read();
    }
}
