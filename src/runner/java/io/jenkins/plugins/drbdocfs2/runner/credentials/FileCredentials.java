package io.jenkins.plugins.drbdocfs2.runner.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import java.util.List;
import org.springframework.security.core.Authentication;

/** Provides the credentials of a file to every build. */
public final class FileCredentials extends CredentialsProvider {
    private final List<? extends Credentials> credentials;

    /** @param credentials the credentials of the file */
    public FileCredentials(List<? extends Credentials> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    @Override
    public @NonNull <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @CheckForNull ItemGroup<?> itemGroup,
            @CheckForNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return credentials.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
