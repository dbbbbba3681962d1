package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.check.SharedSecretMask;
import io.jenkins.plugins.drbdocfs2.remote.ssh.Login;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Masks secrets in everything that is shown or stored. */
public final class Mask {
    private final List<String> forms;

    /**
     * @param secrets the texts to mask, also in quoted and encoded forms; a shared-secret of DRBD is always masked
     */
    public Mask(Collection<String> secrets) {
        this(SecretForms.of(secrets).stream());
    }

    private Mask(Stream<String> forms) {
        // the longest first, so that a secret that contains another is masked completely
        this.forms = forms.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A mask for the passwords, passphrases and private keys of logins. */
    public static Mask of(Collection<Login> logins) {
        List<String> secrets = new ArrayList<>();
        for (Login login : logins) {
            secrets.add(login.password());
            secrets.add(login.passphrase());
            secrets.addAll(login.privateKeys());
        }
        return new Mask(secrets);
    }

    /** A mask that combines both. */
    public Mask then(Mask other) {
        return new Mask(Stream.concat(forms.stream(), other.forms.stream()));
    }

    /** The text with each secret replaced by asterisks. */
    public String apply(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, SharedSecretMask.MASK);
        }
        return SharedSecretMask.apply(masked);
    }
}
