package io.jenkins.plugins.drbdocfs2.drbd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import io.jenkins.plugins.drbdocfs2.drbd.config.ConfigText.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PeerLossPolicyTest {
    private static EffectiveOptions options(String text) {
        return new EffectiveOptions(ResourceOptions.parse(text).sections(), List.of());
    }

    private static String words(PeerLossPolicy policy, DrbdGeneration generation) {
        List<Section> sections =
                OptionTranslation.translate(policy.options(), generation).sections();
        return new ConfigText(List.copyOf(sections))
                .render()
                .replaceAll("\\s+", " ")
                .strip();
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerLossPolicy.class,
            names = {"FREEZE", "FENCE"})
    void suspendsInTheWordsOfEachGeneration(PeerLossPolicy policy) {
        String handler = "handlers { fence-peer \"/usr/local/sbin/drbd-fence-peer\"; }";
        String old = handler + " disk { fencing resource-and-stonith; }";
        assertThat(words(policy, DrbdGeneration.V83)).isEqualTo(old);
        assertThat(words(policy, DrbdGeneration.V84)).isEqualTo(old);
        assertThat(words(policy, DrbdGeneration.V9)).isEqualTo(handler + " net { fencing resource-and-stonith; }");
    }

    @ParameterizedTest
    @CsvSource({
        "'', CONTINUE, CONTINUE",
        "disk { fencing dont-care; }, CONTINUE, CONTINUE",
        "disk { fencing resource-only; } handlers { fence-peer /usr/local/sbin/drbd-fence-peer; }, OTHER, OTHER",
        "disk { fencing resource-and-stonith; }, FREEZE, FREEZE",
        "net { fencing resource-and-stonith; } handlers { fence-peer /usr/local/sbin/drbd-fence-peer; }, FREEZE, FENCE",
        "net { fencing resource-and-stonith; } handlers { fence-peer /usr/lib/drbd/crm-fence-peer.sh; }, OTHER, OTHER"
    })
    void readsThePolicyFromTheOptions(String text, PeerLossPolicy without, PeerLossPolicy withDevice) {
        assertThat(PeerLossPolicy.of(options(text), false)).isEqualTo(without);
        assertThat(PeerLossPolicy.of(options(text), true)).isEqualTo(withDevice);
    }

    @Test
    void readsTheParameter() {
        assertThat(PeerLossPolicy.parse("onPeerLoss", " ")).isNull();
        assertThat(PeerLossPolicy.parse("onPeerLoss", "fence")).isEqualTo(PeerLossPolicy.FENCE);
        assertThatThrownBy(() -> PeerLossPolicy.parse("onPeerLoss", "other"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("freeze, fence or continue");
    }
}
