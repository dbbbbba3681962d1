package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A source of credentials. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public static final Permission USE_ITEM = new Permission(null, "Credentials.UseItem", null);

    private static final Logger LOGGER = Logger.getLogger(CredentialsProvider.class.getName());

    @SuppressWarnings("unchecked")
    public CredentialsProvider() {
        super(self());
    }

    @Override
    public @NonNull Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    public @NonNull <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @CheckForNull ItemGroup<?> itemGroup,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return List.of();
    }

    public @NonNull <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return getCredentialsInItemGroup(type, item.getParent(), authentication, domainRequirements);
    }

    public static @NonNull <C extends Credentials> List<C> lookupCredentialsInItem(
            @NonNull Class<C> type,
            @CheckForNull Item item,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        if (item == null) {
            return lookupCredentialsInItemGroup(type, Jenkins.get(), authentication, domainRequirements);
        }
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            found.addAll(provider.getCredentialsInItem(type, item, authentication, domainRequirements));
        }
        return found;
    }

    public static @NonNull <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            @NonNull Class<C> type,
            @CheckForNull ItemGroup<?> itemGroup,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            found.addAll(provider.getCredentialsInItemGroup(type, itemGroup, authentication, domainRequirements));
        }
        return found;
    }

    public static @CheckForNull <C extends IdCredentials> C findCredentialById(
            @NonNull String id, @NonNull Class<C> type, @NonNull Run<?, ?> run) {
        return findCredentialById(id, type, run, List.of());
    }

    public static @CheckForNull <C extends IdCredentials> C findCredentialById(
            @NonNull String id,
            @NonNull Class<C> type,
            @NonNull Run<?, ?> run,
            DomainRequirement... domainRequirements) {
        return findCredentialById(id, type, run, List.of(domainRequirements));
    }

    public static @CheckForNull <C extends IdCredentials> C findCredentialById(
            @NonNull String id,
            @NonNull Class<C> type,
            @NonNull Run<?, ?> run,
            @CheckForNull List<DomainRequirement> domainRequirements) {
        List<DomainRequirement> requirements = domainRequirements == null ? List.of() : domainRequirements;
        return CredentialsMatchers.firstOrNull(
                lookupCredentialsInItem(type, run.getParent(), ACL.SYSTEM2, requirements),
                CredentialsMatchers.withId(id));
    }

    /** Records that a build used them; here only in the log of the process. */
    public static @CheckForNull <C extends Credentials> C track(@NonNull Run<?, ?> build, @CheckForNull C credentials) {
        LOGGER.fine(() -> build + " uses " + credentials);
        return credentials;
    }

    public static <C extends Credentials> C snapshot(C credential) {
        return credential;
    }

    public static <C extends Credentials> C snapshot(Class<C> clazz, C credential) {
        return credential;
    }
}
