package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.ListBoxModel;
import java.util.List;
import org.springframework.security.core.Authentication;

/** The list of credentials in a form. */
public abstract class AbstractIdCredentialsListBoxModel<
                T extends AbstractIdCredentialsListBoxModel<T, C>, C extends IdCredentials>
        extends ListBoxModel {
    private static final long serialVersionUID = 1L;

    protected abstract @NonNull String describe(@NonNull C c);

    public @NonNull AbstractIdCredentialsListBoxModel<T, C> with(@CheckForNull C u) {
        if (u != null && stream().noneMatch(option -> option.value.equals(u.getId()))) {
            add(describe(u), u.getId());
        }
        return this;
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeEmptyValue() {
        add(0, new Option("- none -", ""));
        return this;
    }

    public @NonNull AbstractIdCredentialsListBoxModel<T, C> includeCurrentValue(@NonNull String value) {
        if (stream().noneMatch(option -> option.value.equals(value))) {
            add("- current -", value);
        }
        return this;
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            @NonNull Authentication authentication,
            @CheckForNull Item context,
            @NonNull Class<? extends C> type,
            @NonNull List<DomainRequirement> domainRequirements,
            @NonNull CredentialsMatcher matcher) {
        return withAll(
                CredentialsProvider.lookupCredentialsInItem(type, context, authentication, domainRequirements),
                matcher);
    }

    public AbstractIdCredentialsListBoxModel<T, C> includeMatchingAs(
            @NonNull Authentication authentication,
            @CheckForNull ItemGroup<?> context,
            @NonNull Class<? extends C> type,
            @NonNull List<DomainRequirement> domainRequirements,
            @NonNull CredentialsMatcher matcher) {
        return withAll(
                CredentialsProvider.lookupCredentialsInItemGroup(type, context, authentication, domainRequirements),
                matcher);
    }

    private AbstractIdCredentialsListBoxModel<T, C> withAll(List<? extends C> found, CredentialsMatcher matcher) {
        CredentialsMatchers.filter(found, matcher).forEach(this::with);
        return this;
    }
}
