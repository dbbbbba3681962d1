package io.jenkins.plugins.drbdocfs2.drbd.metadata;

/**
 * The size of DRBD's metadata to the byte: superblock and activity log (36 KiB), and one bit per peer for each 4 KiB of
 * data. It is the same for internal and flexible external metadata, and for 8.4 with one peer.
 */
public final class MetadataSize {
    /** The size of a slot of indexed external metadata, in bytes; enough for 4 TiB of data. */
    public static final long INDEXED_SLOT_BYTES = 128L << 20;

    /** The most peers of a resource with DRBD 9. */
    public static final int MAX_PEERS = 31;

    private static final long SECTOR = 512;
    private static final long BIT_COVERS = 4096;
    private static final long FIXED_SECTORS = 72;

    private MetadataSize() {}

    /**
     * The size of the metadata.
     *
     * @param diskBytes for internal metadata the size of the whole disk, else the size of the data
     * @param peers 1 for DRBD 8.3 and 8.4; the value of {@code create-md --max-peers} for DRBD 9
     * @return bytes
     */
    public static long bytes(long diskBytes, int peers) {
        if (diskBytes < 1 || peers < 1 || peers > MAX_PEERS) {
            throw new IllegalArgumentException("metadata for " + diskBytes + " bytes and " + peers + " peers");
        }
        long bits = up(diskBytes, BIT_COVERS);
        long bitmapBytes = up(up(bits, 8), 8) * 8;
        return SECTOR * (FIXED_SECTORS + 8 * up(peers * bitmapBytes, 4096));
    }

    /**
     * The bytes of a disk that internal metadata leave for data.
     *
     * @return bytes, 0 if the disk is too small
     */
    public static long dataBytes(long diskBytes, int peers) {
        return Math.max(0, diskBytes / 4096 * 4096 - bytes(diskBytes, peers));
    }

    private static long up(long value, long unit) {
        return value / unit + (value % unit == 0 ? 0 : 1);
    }
}
