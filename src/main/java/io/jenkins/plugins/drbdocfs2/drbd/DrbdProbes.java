package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.CandidateFiles;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfiguredResource;
import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdVersion;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdState;
import io.jenkins.plugins.drbdocfs2.drbd.status.DrbdStateProbe;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import java.util.Optional;

/** Probes of DRBD on a node. None of them loads the kernel module. */
public final class DrbdProbes {
    private DrbdProbes() {}

    /** Probes the versions of drbd-utils and of the module; empty if the tools are not installed. */
    public static final Probe<Optional<DrbdVersion>> VERSION =
            new Probe<>("drbd version", "drbdadm --version", DrbdProbes::version);

    /** Probes the version of the kernel module, even if it is not loaded; empty if there is none. */
    public static final Probe<String> MODULE = new Probe<>(
            "drbd module version",
            "cat /sys/module/drbd/version 2>/dev/null || modinfo -F version drbd",
            reading -> reading.ok() && reading.text().strip().matches("\\d+\\.\\d+\\.\\S{1,40}")
                    ? reading.text().strip()
                    : "");

    /** Probes the state of all resources; no resources if the module is not loaded, empty if DRBD gives no valid answer. */
    public static final Probe<Optional<DrbdState>> STATE =
            Probe.tame("drbd state", DrbdStateProbe.SCRIPT, DrbdStateProbe::parse);

    /** Probes the configuration and the metadata of a resource. */
    public static Probe<ConfiguredResource> configured(String resource) {
        return configured(resource, "");
    }

    /** Like {@link #configured(String)}, and also what {@code drbdadm adjust} would change. */
    public static Probe<ConfiguredResource> adjusted(String resource) {
        return configured(resource, ConfiguredResource.ADJUST);
    }

    /** Like {@link #configured(String)}, but does not read the metadata; its answer has none. */
    public static Probe<ConfiguredResource> listed(String resource) {
        return resource(resource, ConfiguredResource.script(resource));
    }

    private static Probe<ConfiguredResource> configured(String resource, String more) {
        return resource(resource, ConfiguredResource.script(resource, more));
    }

    private static Probe<ConfiguredResource> resource(String resource, String script) {
        return Probe.tame("drbd resource " + resource, "conf=; t=/etc\n" + script, ConfiguredResource::parse);
    }

    /**
     * Lets drbdadm parse a new text of a resource's file before the file is replaced, together with all other files, and
     * probes what {@code drbdadm adjust} would then change.
     *
     * @param resource the resource's name
     * @param path the path of the file
     * @param text the new text
     */
    public static Probe<ConfiguredResource> candidate(String resource, String path, String text) {
        String script =
                CandidateFiles.script(path, text) + ConfiguredResource.script(resource, ConfiguredResource.ADJUST);
        return new Probe<>("drbd candidate " + path, script, ConfiguredResource::parse);
    }

    private static Optional<DrbdVersion> version(Reading reading) {
        try {
            return Optional.of(DrbdVersion.parse(reading.text()));
        } catch (TextFormatException e) {
            return Optional.empty();
        }
    }
}
