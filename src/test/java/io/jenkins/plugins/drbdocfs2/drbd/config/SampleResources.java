package io.jenkins.plugins.drbdocfs2.drbd.config;

import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Disk;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Host;
import io.jenkins.plugins.drbdocfs2.drbd.config.Resource.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Resources for tests. */
final class SampleResources {
    private SampleResources() {}

    /** Two nodes, one volume with the given metadata. */
    static Resource two(MetaDisk metaDisk, String options) {
        return of(2, List.of(volume(0, 0, 2, metaDisk)), false, options);
    }

    static Resource of(int nodes, List<Volume> volumes, boolean dualPrimary, String options) {
        List<Host> hosts = IntStream.range(0, nodes)
                .mapToObj(i -> new Host("sv" + (i + 1), "192.168.0." + (i + 1), 7789, i))
                .toList();
        ResourceOptions read = ResourceOptions.parse(options);
        return new Resource("r0", hosts, volumes, "C", dualPrimary, read.sections());
    }

    static Volume volume(int number, int minor, int nodes, MetaDisk metaDisk) {
        Map<String, Disk> disks = new LinkedHashMap<>();
        for (int i = 1; i <= nodes; i++) {
            disks.put("sv" + i, new Disk("/dev/sys/drbd" + minor, metaDisk));
        }
        return new Volume(number, "/dev/drbd" + minor, minor, disks);
    }
}
