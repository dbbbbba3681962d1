package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.metadata.GenerationIds;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import java.util.List;
import java.util.Map;

/**
 * A resource as a node's files have it.
 *
 * @param resource the resource as drbdadm reads it, or null if it is not configured or cannot be read
 * @param common the sections of {@code common}, which hold for all of the node's resources
 * @param error why it is not known how the resource is configured, with drbdadm's own words; empty if it is known
 * @param adjustKnown whether {@code drbdadm -d adjust} was asked, and could tell what it would do
 * @param adjust the commands that it would run; none if the running resource is as configured
 * @param metadata what is in the metadata of each volume that has some
 * @param file the file that has the resource; empty if none does, or drbdadm does not report, as that of 8.3
 * @param adjustError in the words of {@code drbdadm -d adjust}, why it could not tell what it would do; empty if it could,
 *     or was not asked
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

    /** A resource besides which the node's files have no {@code common} options. */
    public ConfiguredResource(
            Resource resource,
            String error,
            boolean adjustKnown,
            List<String> adjust,
            Map<Integer, List<GenerationIds>> metadata) {
        this(resource, List.of(), error, adjustKnown, adjust, metadata, "", "");
    }

    /** Whether the files have the resource, in a form that is understood. */
    public boolean isConfigured() {
        return resource != null;
    }

    /** Its nodes; none if it is not configured. */
    public List<Resource.Host> hosts() {
        return resource == null ? List.of() : resource.hosts();
    }

    /** Its volumes; none if it is not configured. */
    public List<Resource.Volume> volumes() {
        return resource == null ? List.of() : resource.volumes();
    }

    /** Whether both nodes may be Primary; false if it is not configured. */
    public boolean dualPrimary() {
        return resource != null && resource.dualPrimary();
    }

    /** Whether it is known if the files have the resource, and how. */
    public boolean isKnown() {
        return error.isEmpty();
    }

    /** The options that hold for the resource; those in {@code common} alone where it is not configured. */
    public EffectiveOptions options() {
        return new EffectiveOptions(resource == null ? List.of() : resource.options(), common);
    }

    /** The same with other metadata. */
    public ConfiguredResource withMetadata(Map<Integer, List<GenerationIds>> other) {
        return new ConfiguredResource(resource, common, error, adjustKnown, adjust, other, file, adjustError);
    }

    private static final String SCRIPT = ShellFile.read(ConfiguredResource.class, "configured-resource.sh");
    private static final String METADATA = ShellFile.read(ConfiguredResource.class, "metadata.sh");

    /** Probes what adjusting would do; unknown while the module is not loaded. */
    public static final String ADJUST = ShellFile.read(ConfiguredResource.class, "adjust.sh");

    /** Probes the resource alone. */
    public static String script(String resource) {
        return ShellFile.with(SCRIPT, resource, resource.replace(".", "\\."));
    }

    /** Probes the resource and its metadata, and more. */
    public static String script(String resource, String more) {
        return script(resource) + METADATA + more + "true";
    }

    /** Reads what its script printed. */
    public static ConfiguredResource parse(Reading reading) {
        return reading.exitCode() == NOT_INSTALLED ? NONE : new ConfiguredResourceReader(reading.text()).read();
    }
}
