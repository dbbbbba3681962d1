package io.jenkins.plugins.drbdocfs2.faults;

import io.jenkins.plugins.drbdocfs2.lab.Lab;
import io.jenkins.plugins.drbdocfs2.lab.ProgramResult;
import java.time.Duration;
import java.util.Arrays;

/** A node of the lab, which may be off, hang, or be unreachable. */
record Node(Lab lab, int number) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    String name() {
        return "sv" + number;
    }

    /** Runs a command of lab/lab on this node; returns its result. */
    ProgramResult attempt(String command, String... words) {
        String[] all = new String[words.length + 2];
        all[0] = command;
        all[1] = String.valueOf(number);
        System.arraycopy(words, 0, all, 2, words.length);
        return lab.start(all).killAfter(PATIENCE).await();
    }

    /** Runs a command of lab/lab on this node, which must succeed; returns its output. */
    String must(String command, String... words) throws BrokenInvariant {
        ProgramResult finished = attempt(command, words);
        if (finished.exitCode() != 0) {
            throw new BrokenInvariant(name() + ": " + command + " " + Arrays.toString(words) + " ended with "
                    + finished.exitCode() + ": " + finished.output());
        }
        return finished.output();
    }

    /** Runs a script that must succeed; returns its output. */
    String run(String script) throws BrokenInvariant {
        return must("ssh", script);
    }

    boolean isOff() {
        return line().contains(" off ");
    }

    boolean isCut() {
        return line().contains("cut off");
    }

    private String line() {
        return lab.lab("status")
                .lines()
                .filter(line -> line.startsWith(number + " "))
                .findFirst()
                .orElseThrow();
    }
}
