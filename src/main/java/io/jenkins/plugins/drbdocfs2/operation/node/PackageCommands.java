package io.jenkins.plugins.drbdocfs2.operation.node;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.PackageProbes;
import io.jenkins.plugins.drbdocfs2.remote.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands that install packages non-interactively: apt-get(8), dnf(8), zypper(8). */
public final class PackageCommands {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final String HINT = "Does the node reach its package servers, and do they have the package? The"
            + " parameter packages takes other names.";

    // apt-get removes a package whose name ends with -, and installs one whose name ends with +
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9+._~:@=-]*[A-Za-z0-9._~])?");

    private PackageCommands() {}

    /**
     * Checks the names of packages.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if one is no such name
     */
    public static void checkNames(List<String> packages) {
        packages.forEach(name -> Check.matches(
                "packages",
                name,
                PACKAGE,
                "be names of packages, separated by spaces or commas, that end neither with - nor +: the"
                        + " former would remove a package"));
    }

    /** Installs packages; for apt-get, {@link PackageProbes#known} was probed for them. */
    public static List<Change> install(NodeFacts node, List<String> packages) {
        List<Change> commands = new ArrayList<>();
        if (packages.isEmpty()) {
            return commands;
        }
        String list = Sh.command(packages);
        switch (node.get(PackageProbes.MANAGER)) {
            case APT -> {
                // apt-get removes no packages for it, keeps configuration files, and waits for another apt-get, such as
                // the daily one
                String apt = "DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300";
                if (!node.get(PackageProbes.known(packages)).containsAll(packages)) {
                    commands.add(command(node, apt + " update"));
                }
                commands.add(command(
                        node,
                        apt + " -y --no-remove --no-install-recommends -o Dpkg::Options::=--force-confdef"
                                + " -o Dpkg::Options::=--force-confold install " + list));
            }
                // without --allowerasing, dnf removes no packages for it
            case DNF -> commands.add(command(node, "dnf -y install " + list));
            case ZYPPER -> commands.add(
                    command(node, "zypper --non-interactive install --no-recommends --no-force-resolution " + list));
            case NONE -> {}
        }
        return commands;
    }

    private static Command command(NodeFacts node, String line) {
        return Command.shell(node.name(), line).timeout(TIMEOUT).hint(HINT);
    }
}
