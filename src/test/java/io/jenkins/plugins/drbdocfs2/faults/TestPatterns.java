package io.jenkins.plugins.drbdocfs2.faults;

/** Known test data on the nodes, and its checksums read back from the disks. */
final class TestPatterns {
    private static final String FILES =
            """
            mkdir -p $1/pattern/$2
            for size in 1 4096 1000000 5000000; do head -c $size /dev/urandom > $1/pattern/$2/$size; done
            echo of $2 > "$1/pattern/$2/a name with spaces"
            sync
            """;
    private static final String READ =
            """
            echo 3 > /proc/sys/vm/drop_caches
            (cd $1/pattern && find . -type f | sort | tr '\\n' '\\0' | xargs -0 sha256sum)
            """;

    private TestPatterns() {}

    /** Creates volumes for the examples, and a volume and a disk that no example uses. */
    static void makeOthers(Node node) throws BrokenInvariant {
        node.run(
                """
                set -e
                vgcreate -qq lab /dev/sdd
                lvcreate -qq -L 320M -n www lab
                lvcreate -qq -L 256M -n db lab
                lvcreate -qq -L 32M -n other lab
                head -c 32M /dev/urandom > /dev/lab/other
                head -c 8M /dev/urandom > /dev/sdc
                head -c 8M /dev/urandom | dd of=/dev/sdc bs=1M seek=2040 status=none
                sync
                """);
    }

    /** The checksums of the volume and the disk that no example uses. */
    static String others(Node node) throws BrokenInvariant {
        return node.run(
                """
                echo 3 > /proc/sys/vm/drop_caches
                sha256sum /dev/lab/other
                { head -c 8M /dev/sdc; tail -c 8M /dev/sdc; } | sha256sum
                """);
    }

    /** Writes files of this node into the filesystem at the mount point. */
    static void makeFiles(Node node, String mountPoint) throws BrokenInvariant {
        node.run("set -e -- " + mountPoint + " " + node.name() + "\n" + FILES);
    }

    /** The files of r0 on the disk of this node, which may no longer be below DRBD. */
    static String shared(Node node) throws BrokenInvariant {
        return node.run("set -e -- $(findmnt -rno TARGET -S /dev/drbd0 | head -n 1)\n" + "own=\n"
                + "if [ $# = 0 ]; then own=$(mktemp -d); set -- $own; mount -t ocfs2 -o ro /dev/sys/drbd0 $own; fi\n"
                + READ
                + "[ -z \"$own\" ] || { umount $own; rmdir $own; }\n");
    }

    /**
     * The files of wwwdata on the disk of this node, which becomes Primary for that. No other node may have it
     * mounted; {@link #release} reverts this.
     */
    static String single(Node node) throws BrokenInvariant {
        return node.run(
                """
                set -e -- $(findmnt -rno TARGET -S /dev/drbd1 | head -n 1)
                timeout 200 drbdsetup wait-sync 1
                if [ $# = 0 ]; then
                  drbdadm primary wwwdata
                  set -- /mnt/wwwdata
                  mkdir -p $1
                  mount -t xfs /dev/drbd1 $1
                fi
                """
                        + READ);
    }

    /** Unmounts wwwdata and makes it Secondary. */
    static void release(Node node) throws BrokenInvariant {
        node.run(
                """
                set -e
                if findmnt -rn -S /dev/drbd1 > /dev/null; then umount /dev/drbd1; fi
                drbdadm secondary wwwdata
                """);
    }
}
