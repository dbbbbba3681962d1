package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The shared-secret of a resource, until it is added to the options. Its text form does not show it. */
public final class SharedSecret implements Serializable {
    private static final String NET = "net";
    private static final String ALGORITHM = "cram-hmac-alg";
    private static final String DEFAULT_ALGORITHM = "sha256";

    private static final long serialVersionUID = 1L;

    private final String value;

    /** @param value what DRBD is to have */
    public SharedSecret(String value) {
        this.value = value;
    }

    /** The secret itself. */
    String value() {
        return value;
    }

    /**
     * The options with the secret in their section net, and with an algorithm if they have none: without one, DRBD does
     * not use the secret (drbd.conf(5)).
     *
     * @param options sections in the syntax of drbd.conf(5); may be null. Unreadable options are returned unchanged, for
     *     the check of the options
     * @throws InvalidParameterException if the options have a shared-secret already
     */
    String into(String options) {
        List<Item> items;
        try {
            items = new ArrayList<>(
                    options == null ? List.of() : ConfigText.parse(options).items());
        } catch (TextFormatException e) {
            return options;
        }
        List<Item> net = new ArrayList<>();
        for (Item item : List.copyOf(items)) {
            if (item instanceof Section section && section.name().equals(NET)) {
                net.addAll(section.items());
                items.remove(item);
            }
        }
        Check.that(
                !has(net, ConfigText.SECRET),
                "options",
                ConfigText.SECRET,
                "leave the secret to the parameter sharedSecretCredentialsId, or be given without it");
        if (!has(net, ALGORITHM)) {
            net.add(Statement.of(ALGORITHM, DEFAULT_ALGORITHM));
        }
        net.add(Statement.of(ConfigText.SECRET, value));
        items.add(Section.of(NET, net));
        return new ConfigText(items).render();
    }

    @Override
    public String toString() {
        return SharedSecretMask.MASK;
    }

    private static boolean has(List<Item> items, String name) {
        return items.stream().anyMatch(item -> item.name().equals(name));
    }
}
