package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.drbd.config.DrbdDevices;
import io.jenkins.plugins.drbdocfs2.engine.Change;
import io.jenkins.plugins.drbdocfs2.engine.Change.Await;
import io.jenkins.plugins.drbdocfs2.engine.Change.Command;
import io.jenkins.plugins.drbdocfs2.engine.Change.Event;
import io.jenkins.plugins.drbdocfs2.engine.Change.PutFile;
import io.jenkins.plugins.drbdocfs2.engine.Plan;
import io.jenkins.plugins.drbdocfs2.engine.Refusals;
import io.jenkins.plugins.drbdocfs2.engine.RefusedException;
import io.jenkins.plugins.drbdocfs2.facts.ClusterFacts;
import io.jenkins.plugins.drbdocfs2.facts.NodeFacts;
import io.jenkins.plugins.drbdocfs2.facts.Probe;
import io.jenkins.plugins.drbdocfs2.operation.guard.FencingTimes;
import io.jenkins.plugins.drbdocfs2.operation.node.PackageCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The plan of {@link ClusterConfigureFencing}. */
final class ClusterConfigureFencingPlan {
    private static final Duration METADATA = Duration.ofSeconds(60);

    private final ClusterConfigureFencing operation;
    private final ClusterFacts facts;
    private final Plan.Builder plan = new Plan.Builder();

    ClusterConfigureFencingPlan(ClusterConfigureFencing operation, ClusterFacts facts) {
        this.operation = operation;
        this.facts = facts;
    }

    Plan make() throws RefusedException {
        if (operation.remove()) {
            return removal();
        }
        FencingTimes times = FencingTimes.of(facts);
        refuse(times);
        List<Change> installs = new ArrayList<>();
        List<Change> checks = new ArrayList<>();
        List<Change> files = new ArrayList<>();
        List<String> order = FencingFile.order(facts);
        for (NodeFacts node : facts.all()) {
            installs.addAll(PackageCommands.install(node, AgentPackages.missing(operation, node)));
            checks.addAll(checksAfterInstallation(node, times));
            String text = FencingFile.render(node, operation.devicesOn(node.name()), times, order.indexOf(node.name()));
            if (!FencingFile.isIn(node, text)) {
                files.add(put(node, text));
            }
        }
        if (!files.isEmpty()) {
            plan.note(times.note());
        }
        return plan.stage("install fence agents", installs)
                .stage("check the devices", checks)
                .stage("put the devices in place", files)
                .build();
    }

    private Plan removal() {
        List<Change> removals = facts.all().stream()
                .filter(node -> node.get(FencingFile.PROBE).exists())
                .<Change>map(node -> put(node, null))
                .toList();
        if (!removals.isEmpty()) {
            plan.note(
                    "resources with onPeerLoss 'fence' suspend their I/O now until a lost peer is back; drbdCreateResource"
                            + " without onPeerLoss makes that 'freeze' when it runs next");
        }
        return plan.stage("remove the devices", removals).build();
    }

    private static PutFile put(NodeFacts node, String text) {
        String before = node.get(FencingFile.PROBE).textOrNull();
        return new PutFile(node.name(), FencingFile.PATH, before, text, FencingFile.MODE, DeviceSecrets::maskFile);
    }

    private void refuse(FencingTimes times) throws RefusedException {
        Refusals refusals = new Refusals();
        times.check(refusals);
        for (NodeFacts node : facts.all()) {
            if (!node.get(DrbdDevices.PROBE).known()) {
                plan.note(Plan.WARNING + node.name()
                        + ": it is unknown how long its resources wait for a lost peer, because"
                        + " `drbdadm dump` fails: "
                        + node.get(DrbdDevices.PROBE).error());
            }
            AgentPackages.check(operation, node, refusals);
            for (DeviceSpec device : operation.devicesOn(node.name())) {
                FenceAgent agent = node.get(FenceAgent.probe(device.agent()));
                if (agent.installed()) {
                    DeviceCheck.parameters(node.name(), device, agent).forEach(refusals::add);
                    Probe<DeviceAnswer> answer = DeviceAnswer.probe(device, device.lines(agent), times.limit());
                    if (node.has(answer)) {
                        DeviceCheck.answer(node.name(), device, node.get(answer))
                                .ifPresent(refusals::add);
                    }
                }
            }
        }
        refusals.check();
    }

    /** What is checked only after the agents are installed: their parameters, and how the devices answer. */
    private List<Change> checksAfterInstallation(NodeFacts node, FencingTimes times) {
        List<Change> checks = new ArrayList<>();
        Map<String, List<DeviceSpec>> missing = operation.devicesOn(node.name()).stream()
                .filter(device -> !node.get(FenceAgent.probe(device.agent())).installed())
                .collect(Collectors.groupingBy(DeviceSpec::agent));
        missing.forEach((agent, devices) -> checks.add(new Await(
                node.name(),
                new Event(
                        agent + " to accept the parameters of its devices",
                        agent + " accepts the parameters of its devices"),
                FenceAgent.script(agent),
                progress -> DeviceCheck.watch(node.name(), devices),
                METADATA,
                "Is " + agent + " in the installed packages?")));
        missing.values().stream().flatMap(List::stream).forEach(device -> checks.add(check(node, device, times)));
        return checks;
    }

    private static Command check(NodeFacts node, DeviceSpec device, FencingTimes times) {
        FenceAgent agent = node.get(FenceAgent.probe(device.agent()));
        String shown = device.agent() + ": monitor and status of " + device.node();
        return Command.shell(node.name(), shown)
                .shown(shown, DeviceAnswer.checkScript(device, device.lines(agent), times.limit()))
                .timeout(Duration.ofSeconds(3L * FencingTimes.LONGEST))
                .hint("Exit code 124: no answer within " + times.limit() + " s; 2: the device says that "
                        + device.node() + " is off. No device is configured yet.");
    }
}
