package io.jenkins.plugins.drbdocfs2.lab;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Everything on a node that a step could change, and nothing that changes by itself, as text. */
final class NodeFingerprint {
    private NodeFingerprint() {}

    // Inode and change time detect a file that is rewritten, even with the same text. The links show which services
    // start at boot. Disks are read without the cache, except for the beginning of those below a mounted OCFS2, where
    // the heartbeat writes continuously. The modules come first, since later commands may load some.
    private static final String SCRIPT =
            """
            exec 2>&1; export LC_ALL=C
            echo '= kernel modules'; cut -d' ' -f1 /proc/modules | sort
            echo '= DRBD'; drbdadm dump
            if [ -e /proc/drbd ]; then
              drbdsetup show; drbdsetup status; drbdadm get-gi all; sed -n 's/^ *\\([0-9]*: cs:.*\\)/\\1/p' /proc/drbd
            fi
            echo '= disks'; blkid -c /dev/null | sort
            beating=$(paste -d ' ' <(drbdadm sh-dev all 2> /dev/null) <(drbdadm sh-ll-dev all 2> /dev/null) \\
              | while read -r drbd disk; do
                  if findmnt -t ocfs2 -S "$drbd" > /dev/null; then readlink -f "$disk"; fi
                done | tr '\\n' ' ')
            for d in /dev/ubdb /dev/ubdc /dev/ubdd $(find /dev/mapper -type l | sort); do
              b=$(blockdev --getsize64 "$d")
              case " $beating" in
                *" $(readlink -f "$d") "*) first='a heartbeat' ;;
                *) first=$(dd if="$d" iflag=direct bs=1M count=1 status=none | sha256sum) ;;
              esac
              echo "$d $b $first" \\
                "$(dd if="$d" iflag=direct bs=1M skip=$((b / 1048576 - 1)) status=none | sha256sum)"
            done
            echo '= LVM'; pvs -o pv_name,pv_uuid,pv_free,vg_name,vg_uuid,vg_seqno
            lvs -o lv_path,lv_uuid,lv_size,lv_attr
            echo '= mounts'; findmnt -rn -o TARGET,SOURCE,FSTYPE,OPTIONS | sort; cat /proc/swaps; ls /mnt
            echo '= OCFS2'; find /sys/kernel/config -type d | sort
            find /sys/kernel/config/cluster -name '*_ms' -o -name dead_threshold | sort | xargs -r grep -H .
            echo '= kernel parameters'; sysctl kernel.panic kernel.panic_on_oops
            echo '= packages'; dpkg-query -W
            echo '= services'; systemctl is-active drbd o2cb ocfs2
            echo '= files'; set /etc /root /usr/local /usr/lib/modules-load.d /usr/lib/systemd /var/lib/drbd
            find "$@" /run/systemd/system -printf '%p %y %m %U:%G %s %i %C@ %l\\n' | sort
            find /run/lock ! -user root
            """;

    /** The fingerprints of nodes 1 to this number, concatenated. */
    static String of(Lab lab, int nodes) {
        return IntStream.rangeClosed(1, nodes)
                .parallel()
                .mapToObj(node -> "== node " + node + "\n" + lab.ssh(node, SCRIPT))
                .collect(Collectors.joining());
    }
}
