package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Common ways to select credentials. */
public class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static @NonNull CredentialsMatcher always() {
        return item -> true;
    }

    public static @NonNull CredentialsMatcher withId(@NonNull String id) {
        return item ->
                item instanceof IdCredentials identified && identified.getId().equals(id);
    }

    @SuppressWarnings("rawtypes")
    public static @NonNull CredentialsMatcher instanceOf(@NonNull Class clazz) {
        Class<?> type = clazz;
        return type::isInstance;
    }

    public static @NonNull CredentialsMatcher anyOf(@NonNull CredentialsMatcher... matchers) {
        return item -> Arrays.stream(matchers).anyMatch(matcher -> matcher.matches(item));
    }

    public static @NonNull CredentialsMatcher allOf(@NonNull CredentialsMatcher... matchers) {
        return item -> Arrays.stream(matchers).allMatch(matcher -> matcher.matches(item));
    }

    public static @NonNull <C extends Credentials> List<C> filter(
            @NonNull List<C> credentials, @NonNull CredentialsMatcher matcher) {
        List<C> chosen = new ArrayList<>(credentials);
        chosen.removeIf(item -> !matcher.matches(item));
        return chosen;
    }

    public static @CheckForNull <C extends Credentials> C firstOrNull(
            @NonNull Iterable<C> credentials, @NonNull CredentialsMatcher matcher) {
        for (C item : credentials) {
            if (matcher.matches(item)) {
                return item;
            }
        }
        return null;
    }
}
