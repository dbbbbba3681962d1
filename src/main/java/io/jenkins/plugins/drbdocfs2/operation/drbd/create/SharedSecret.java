package io.jenkins.plugins.drbdocfs2.operation.drbd.create;

import io.jenkins.plugins.drbdocfs2.check.Check;
import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Item;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Statement;
import java.util.ArrayList;
import java.util.List;

/** Puts the secret by which the nodes of a resource know each other into its options. */
public final class SharedSecret {
    private static final String NET = "net";
    private static final String ALGORITHM = "cram-hmac-alg";
    private static final String DEFAULT_ALGORITHM = "sha256";

    private SharedSecret() {}

    /**
     * The options with a shared-secret in their section net, and with an algorithm where they name none: without one, DRBD
     * does not ask for the secret (drbd.conf(5)).
     *
     * @param options sections in the syntax of drbd.conf(5); may be null. What cannot be read stays as it is, for the check
     *     of the options to tell
     * @throws InvalidParameterException if the options have a shared-secret already
     */
    public static String into(String options, String secret) {
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
        net.add(Statement.of(ConfigText.SECRET, secret));
        items.add(Section.of(NET, net));
        return new ConfigText(items).render();
    }

    private static boolean has(List<Item> items, String name) {
        return items.stream().anyMatch(item -> item.name().equals(name));
    }
}
