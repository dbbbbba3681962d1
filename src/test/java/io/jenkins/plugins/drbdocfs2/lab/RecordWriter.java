package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Appends numbered records to a file on a node, each with sync, and keeps outside of the cluster which one was acknowledged
 * last.
 */
public final class RecordWriter {
    private static final AtomicInteger RUNS = new AtomicInteger();
    // the pause, for input that never comes, leaves the processors to the cluster
    private static final String SCRIPT =
            """
            n=0
            while n=$((n + 1)); do
              printf '%%d\\n' $n | dd of=%1$s oflag=append,sync conv=notrunc status=none || exit
              echo $n
              read -rt 0.2
            done
            """;
    // complete and in order
    private static final String CHECK = "awk '$1 != NR { exit 1 } END { print NR }' ";

    private final Lab lab;
    private final String file;
    private int acknowledged;

    private RecordWriter(Lab lab, String file) {
        this.lab = lab;
        this.file = file;
    }

    /** Starts on node number N, with a new file. */
    public static RecordWriter start(Lab lab, int number, String file) {
        RecordWriter writer = new RecordWriter(lab, file);
        RunningProgram program = lab.start("ssh", String.valueOf(number), SCRIPT.formatted(file));
        Thread reader = new Thread(
                () -> program.readUntil(line -> {
                    writer.take(line);
                    return false;
                }),
                "records of node " + number);
        reader.setDaemon(true);
        reader.start();
        return writer;
    }

    /** Starts one on each of the nodes 1 and 2, with a file of its own, and waits for its first records. */
    public static List<RecordWriter> onBoth(Lab lab, String directory) {
        String records = directory + "/records-" + RUNS.incrementAndGet() + "-";
        List<RecordWriter> writers = IntStream.rangeClosed(1, 2)
                .mapToObj(number -> start(lab, number, records + number))
                .toList();
        writers.forEach(writer -> writer.awaitMore(5));
        return writers;
    }

    /** Ends all writers on the nodes 1 and 2. */
    public static void stopOnBoth(Lab lab) {
        for (int number = 1; number <= 2; number++) {
            lab.ssh(number, "pkill -f '[r]ecords-' || true");
        }
    }

    /** Checks that both nodes have every acknowledged record of each. */
    public static void checkOnBoth(List<RecordWriter> writers) {
        for (int number = 1; number <= 2; number++) {
            int node = number;
            writers.forEach(writer -> writer.checkOn(node));
        }
    }

    private synchronized void take(String line) {
        if (line.matches("\\d+")) {
            acknowledged = Integer.parseInt(line);
            notifyAll();
        }
    }

    /** The last acknowledged record. */
    public synchronized int acknowledged() {
        return acknowledged;
    }

    /** Waits until further records are acknowledged. */
    public synchronized void awaitMore(int count) {
        int wanted = acknowledged + count;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        try {
            while (acknowledged < wanted) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left)
                        .as("no record beyond %s in %s", acknowledged, file)
                        .isPositive();
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Checks that node number N has every acknowledged record. */
    public void checkOn(int number) {
        assertThat(Integer.parseInt(lab.ssh(number, CHECK + file).strip()))
                .as("records in %s on node %s", file, number)
                .isGreaterThanOrEqualTo(acknowledged());
    }
}
