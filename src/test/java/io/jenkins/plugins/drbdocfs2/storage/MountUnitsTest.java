package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import org.junit.jupiter.api.Test;

class MountUnitsTest {
    @Test
    void readsTheUnitsThatFstabDoesNotGenerate() {
        MountUnits found = MountUnits.parse(
                new Reading(
                        0,
                        """
                Where=/
                What=/dev/ubda
                Real=/dev/ubda
                Id=-.mount
                SourcePath=/etc/fstab

                Where=/dev/mqueue
                What=mqueue
                Id=dev-mqueue.mount
                SourcePath=/proc/self/mountinfo

                Where=/e
                What=/dev/sys/e
                Real=/dev/dm-2
                Id=e.mount
                SourcePath=

                Where=/my data
                What=LABEL=my data
                Real=/dev/disk/by-label/my data
                Id=my\\x20data.mount
                SourcePath=
                """));
        assertThat(found.units())
                .extracting(unit -> unit.name() + " " + unit.entry().device() + " "
                        + unit.entry().mountPoint() + " " + unit.realPath())
                .containsExactly(
                        "e.mount /dev/sys/e /e /dev/dm-2",
                        "my\\x20data.mount LABEL=my data /my data /dev/disk/by-label/my data");
        assertThat(MountUnits.parse(new Reading(0, "")).units()).isEmpty();
    }
}
