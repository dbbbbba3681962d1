package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.engine.Change.Watch;
import io.jenkins.plugins.drbdocfs2.engine.Refusal;
import io.jenkins.plugins.drbdocfs2.engine.StepFailure;
import io.jenkins.plugins.drbdocfs2.operation.refusal.FencingRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the devices against what their agents say of themselves, and how they answer. */
final class DeviceCheck {
    private static final String END = "</resource-agent>";

    private DeviceCheck() {}

    /**
     * What is wrong with the parameters of a device.
     *
     * @param on the node whose agent it is
     */
    static List<Refusal> parameters(String on, DeviceSpec device, FenceAgent agent) {
        if (agent.fault().isPresent()) {
            return List.of(Refusal.of(FencingRefusal.AGENT_UNREADABLE)
                    .on(on)
                    .found(device.agent() + " does not describe itself: "
                            + agent.fault().get())
                    .remedy("Run `" + device.agent() + " -o metadata` there, and install what it lacks"));
        }
        List<Refusal> wrong = new ArrayList<>();
        List<String> given = names(device, agent);
        for (String name : given) {
            if (!agent.takes(name)) {
                List<String> near = agent.nearest(name);
                wrong.add(refusal(on, device, "does not know '" + name + "'")
                        .remedy(
                                near.isEmpty()
                                        ? "`" + device.agent() + " -o metadata` lists its parameters"
                                        : "Is it "
                                                + near.stream()
                                                        .map(known -> "'" + known + "'")
                                                        .collect(Collectors.joining(" or "))
                                                + "?"));
            }
        }
        List<String> missing = agent.missing(given);
        if (!missing.isEmpty()) {
            wrong.add(refusal(on, device, "needs " + String.join(", ", missing))
                    .remedy("Add it to parameters; user name and password come from credentialsId"));
        }
        return wrong;
    }

    private static List<String> names(DeviceSpec device, FenceAgent agent) {
        List<String> names = new ArrayList<>(device.parameters().keySet());
        if (device.login() != null) {
            if (!device.login().user().isEmpty()) {
                names.add(agent.userName());
            }
            names.add(agent.passwordName());
        }
        return names;
    }

    private static Refusal refusal(String on, DeviceSpec device, String what) {
        return Refusal.of(FencingRefusal.DEVICE_PARAMETERS)
                .on(on)
                .found(device.agent() + " for " + device.node() + " " + what);
    }

    /** What is wrong with the answer of a device. The node answers, so it is on. */
    static Optional<Refusal> answer(String on, DeviceSpec device, DeviceAnswer answer) {
        if (answer.isOn()) {
            return Optional.empty();
        }
        if (answer.isOff()) {
            return Optional.of(Refusal.of(FencingRefusal.WRONG_DEVICE)
                    .on(on)
                    .found("the device of " + device.node() + " says that it is off, but " + device.node() + " answers")
                    .wouldLose("Fencing would switch another machine, and " + device.node() + " would go on")
                    .remedy("Correct its parameters"));
        }
        return Optional.of(Refusal.of(FencingRefusal.DEVICE_FAILS)
                .on(on)
                .found(device.agent() + " for " + device.node() + ": " + answer.failure())
                .wouldLose("This node could not fence " + device.node())
                .remedy("Correct its parameters or credentials, or make it reachable from " + on));
    }

    /** Checks the parameters of devices as soon as their agent, which was just installed, has described itself. */
    static Watch watch(String on, List<DeviceSpec> devices) {
        return new Watch() {
            private final StringBuilder xml = new StringBuilder();

            @Override
            public boolean line(String line) throws StepFailure {
                if (line.equals(FenceAgent.NOT_INSTALLED)) {
                    throw new StepFailure(
                            "on " + on + ", there is no " + devices.get(0).agent()
                                    + " after the installation. The parameter packages names the package that has it.");
                }
                xml.append(line).append('\n');
                if (!line.contains(END)) {
                    return false;
                }
                FenceAgent agent = FenceAgent.parse(xml.toString());
                List<Refusal> wrong = new ArrayList<>();
                devices.forEach(device -> wrong.addAll(parameters(on, device, agent)));
                if (!wrong.isEmpty()) {
                    throw new StepFailure(wrong.stream().map(Refusal::text).collect(Collectors.joining("\n"))
                            + "\nNo device is configured yet.");
                }
                return true;
            }

            @Override
            public String last() {
                return xml.isEmpty() ? "nothing" : xml.length() + " characters of XML";
            }
        };
    }
}
