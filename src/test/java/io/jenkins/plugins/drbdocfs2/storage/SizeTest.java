package io.jenkins.plugins.drbdocfs2.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.check.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "10G, 10737418240, 10G", "128M, 134217728, 128M", "512K, 524288, 512K", "1T, 1099511627776, 1T",
        "10737418240, 10737418240, 10G", "1000b, 1000, 1000b", "1536m, 1610612736, 1536M", "1GiB, 1073741824, 1G",
        "1024, 1024, 1K", "7E, 8070450532247928832, 7E",
                "9223372036854775807, 9223372036854775807, 9223372036854775807b"
    })
    void readsUnitsOf1024(String text, long bytes, String canonical) {
        assertThat(Size.parse(text).toBytes()).isEqualTo(bytes);
        assertThat(Size.parse(text)).hasToString(canonical);
        assertThat(Size.parse(Size.parse(text).toString())).isEqualTo(Size.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "10X",
                "0",
                "0G",
                "",
                " ",
                "G",
                "1.5G",
                "10GB",
                "+1G",
                "8E",
                "9223372036854775808",
                "99999999999999999999",
                "1 G",
                "1G;id",
                "١G",
                "50%FREE",
                "1e3"
            })
    void refusesInvalidSizes(String text) {
        assertThatThrownBy(() -> Size.parse("size", text))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageStartingWith("size must be ");
        assertThatThrownBy(() -> Size.parse(null)).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void roundsUpToExtents() {
        Size extent = Size.parse("4M");
        assertThat(Size.parse("30M").roundedUpTo(extent)).hasToString("32M");
        assertThat(Size.parse("32M").roundedUpTo(extent)).hasToString("32M");
    }
}
