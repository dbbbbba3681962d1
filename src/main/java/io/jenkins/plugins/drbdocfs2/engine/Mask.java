package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps secrets out of what is shown and kept. */
public final class Mask {
    private final List<String> forms;

    /**
     * @param secrets texts to hide wherever they stand, in quoted and encoded forms too; a shared-secret of DRBD is hidden
     *     in any case
     */
    public Mask(Collection<String> secrets) {
        this(SecretForms.of(secrets).stream());
    }

    private Mask(Stream<String> forms) {
        // the longest first, so that a secret that holds another is hidden whole
        this.forms = forms.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A mask that hides what these logins hold: passwords, passphrases, private keys. */
    public static Mask of(Collection<Login> logins) {
        List<String> secrets = new ArrayList<>();
        for (Login login : logins) {
            secrets.add(login.password());
            secrets.add(login.passphrase());
            secrets.addAll(login.privateKeys());
        }
        return new Mask(secrets);
    }

    /** A mask that hides what either hides. */
    public Mask then(Mask other) {
        return new Mask(Stream.concat(forms.stream(), other.forms.stream()));
    }

    /** The text with each secret replaced by stars. */
    public String apply(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, SharedSecretMask.MASK);
        }
        return SharedSecretMask.apply(masked);
    }
}
