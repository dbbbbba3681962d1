package io.jenkins.plugins.drbdocfs2.operation;

import io.jenkins.plugins.drbdocfs2.drbd.ConfigText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps secrets out of what is shown and kept. */
public final class Mask {

    private final List<String> secrets;

    /** @param secrets texts to hide wherever they stand; a shared-secret of DRBD is hidden in any case */
    public Mask(Collection<String> secrets) {
        // the longest first, so that a secret that holds another is hidden whole
        this.secrets = secrets.stream()
                .filter(secret -> secret != null && !secret.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A mask that hides what either hides. */
    public Mask then(Mask other) {
        return new Mask(Stream.concat(secrets.stream(), other.secrets.stream()).toList());
    }

    /** The text with each secret replaced by stars. */
    public String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, ConfigText.MASK);
        }
        return ConfigText.mask(masked);
    }
}
