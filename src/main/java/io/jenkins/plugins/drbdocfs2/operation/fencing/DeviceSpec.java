package io.jenkins.plugins.drbdocfs2.operation.fencing;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.drbd.config.ImmutableCopies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A device that switches a node.
 *
 * @param node the node
 * @param agent the fence agent, such as {@code fence_ipmilan}
 * @param parameters the agent's parameters
 * @param login the user name and the password; null for none
 */
public record DeviceSpec(String node, String agent, Map<String, String> parameters, DeviceLogin login)
        implements Serializable {
    private static final Pattern AGENT = Pattern.compile("fence_[A-Za-z0-9_]{1,40}");

    public DeviceSpec {
        parameters = ImmutableCopies.of(parameters);
    }

    /** A device with its parameters as the text of a Jenkinsfile. */
    public static DeviceSpec of(String node, String agent, String parameters, DeviceLogin login) {
        return new DeviceSpec(node, agent, DeviceParameters.parse(parameters), login);
    }

    /**
     * Checks the name of an agent.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.InvalidParameterException if it is no such name
     */
    public static void checkAgent(String agent) {
        Check.matches("agent", agent, AGENT, "be the name of a fence agent, such as fence_ipmilan");
    }

    void check() {
        checkAgent(agent);
        if (login != null) {
            login.check();
        }
    }

    /** Whether both are the same device: the same agent at the same place, whatever the login. */
    boolean isSameDevice(DeviceSpec other) {
        return agent.equals(other.agent)
                && DeviceParameters.place(parameters).equals(DeviceParameters.place(other.parameters));
    }

    /** The lines for the agent's standard input, without an action. */
    List<String> lines(FenceAgent asInstalled) {
        List<String> lines = new ArrayList<>();
        parameters.forEach((name, value) -> lines.add(name + "=" + value));
        if (login != null) {
            if (!login.user().isEmpty()) {
                lines.add(asInstalled.userName() + "=" + login.user());
            }
            lines.add(asInstalled.passwordName() + "=" + login.password());
        }
        return lines;
    }
}
