package io.jenkins.plugins.drbdocfs2.ocfs2;

import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.facts.Probe.Reading;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import io.jenkins.plugins.drbdocfs2.storage.SuspendedDrbd;
import java.util.List;
import java.util.Optional;

/** Questions about OCFS2 on a node. None of them takes a lock or writes. */
public final class Ocfs2Probes {
    private Ocfs2Probes() {}

    /** Asks which cluster is online. */
    public static final Probe<O2cbState> STATE =
            Probe.tame("o2cb state", O2cbState.SCRIPT, reading -> O2cbState.parse(reading.text()));

    /**
     * Asks for the file with o2cb's settings: the first that {@code /etc/init.d/o2cb} would read, else the one that it
     * would write.
     */
    public static final Probe<String> DEFAULTS_PATH = Probe.tame(
            "o2cb settings file",
            "if [ -f /etc/sysconfig/o2cb ]; then echo /etc/sysconfig/o2cb\n"
                    + "elif [ -f /etc/default/o2cb ] || [ ! -d /etc/sysconfig ]; then echo /etc/default/o2cb\n"
                    + "else echo /etc/sysconfig/o2cb; fi",
            reading -> reading.text().strip());

    /** Asks what sh finds wrong in the file with o2cb's settings, which it reads but does not carry out; empty if nothing. */
    public static Probe<String> settingsFault(String path) {
        String file = Sh.quote(path);
        return Probe.tame(
                "o2cb settings fault " + path,
                "[ ! -f " + file + " ] || sh -n " + file + " 2>&1 || echo",
                reading -> reading.text().strip());
    }

    /** Asks for the OCFS2 filesystem on a device; empty where there is none, or the device cannot be read. */
    public static Probe<Optional<Ocfs2Volume>> volume(String device) {
        String script = SuspendedDrbd.SHELL + "d=" + Sh.quote(device) + "\n[ -b \"$d\" ] || exit 1\n"
                + "if waits \"$d\"; then exit 1; fi\n"
                + "printf '%s\\n' stats '" + Ocfs2Volume.JOURNAL + "' " + Ocfs2Volume.SLOT_MAP + ' ' + Ocfs2Volume.QUIT
                + " | debugfs.ocfs2 -f /dev/stdin \"$d\"";
        return new Probe<>("ocfs2 volume " + device, script, Ocfs2Probes::volume);
    }

    // What a program printed last that failed is not taken for whole. Without "quit" debugfs.ocfs2 always fails.
    private static Optional<Ocfs2Volume> volume(Reading reading) {
        String text = reading.text();
        int last = Ocfs2Volume.last(text, Ocfs2Volume.SLOT_MAP);
        return Optional.ofNullable(Ocfs2Volume.parse(reading.ok() || last < 0 ? text : text.substring(0, last)));
    }

    /**
     * Asks which devices hold OCFS2; a disk below DRBD with metadata elsewhere is among them, a DRBD device that lets nothing
     * through is not. Not by mounted.ocfs2(8), which loads the kernel modules of OCFS2.
     */
    public static final Probe<List<String>> DEVICES = new Probe<>(
            "ocfs2 devices",
            SuspendedDrbd.SHELL
                    + """
                    find_ocfs2() { blkid -c /dev/null -t TYPE=ocfs2 -o device "$@"; }
                    if [ "$susp" = ' ' ]; then find_ocfs2; exit 0; fi
                    set --
                    while read -r a b s d; do
                      case $a in [0-9]*) suspended "$a:$b" && continue ;; *) continue ;; esac
                      f=/sys/dev/block/$a:$b/dm/name
                      if [ -r "$f" ] && read -r d < "$f"; then d=mapper/$d; fi
                      set -- "$@" "/dev/$d"
                    done < /proc/partitions
                    [ $# = 0 ] || find_ocfs2 "$@"
                    true""",
            reading -> reading.text().lines().filter(line -> !line.isBlank()).toList());
}
