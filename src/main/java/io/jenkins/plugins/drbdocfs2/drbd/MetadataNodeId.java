package io.jenkins.plugins.drbdocfs2.drbd;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.facts.ShellFile;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbd;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The node-id that the metadata of DRBD 9 on a disk have, whether a resource is configured there or not. */
public final class MetadataNodeId {
    private static final String SCRIPT = ShellFile.read(MetadataNodeId.class, "node-id.sh");
    private static final Pattern LINE = Pattern.compile("node-id (\\d{1,2})\\s*");

    private MetadataNodeId() {}

    /** Asks for it; empty where there are no such metadata, or they were never attached. */
    public static Probe<Optional<Integer>> probe(Resource.Disk disk) {
        MetaDisk meta = disk.metaDisk();
        String device = meta.isInternal() ? disk.device() : meta.device();
        String where = meta.isInternal() ? "internal" : String.valueOf(meta.begin());
        return new Probe<>(
                "node-id of metadata " + disk.device() + " " + meta,
                SuspendedDrbd.SHELL + "d=" + Sh.quote(device) + "\nw=" + where + "\n" + SCRIPT,
                MetadataNodeId::parse);
    }

    static Optional<Integer> parse(Reading reading) {
        Matcher line = LINE.matcher(reading.text());
        return line.matches() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
    }
}
