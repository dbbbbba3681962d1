package io.jenkins.plugins.drbdocfs2.drbd.manager;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration file of drbd-reactor: drbd-reactor.toml(5), drbd-reactor.promoter(5). */
final class PromoterConfiguration {
    private static final List<String> RESOURCES = List.of("promoter", "resources");

    private PromoterConfiguration() {}

    /**
     * The DRBD resources that a promoter of the file has.
     *
     * @throws io.jenkins.plugins.drbdocfs2.check.TextFormatException if the file is not TOML
     */
    static Set<String> resources(String toml) {
        return TomlKeys.of(toml).stream()
                .filter(path -> path.size() > 2 && path.subList(0, 2).equals(RESOURCES))
                .map(path -> path.get(2))
                .collect(Collectors.toUnmodifiableSet());
    }
}
