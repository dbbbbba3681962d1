package io.jenkins.plugins.drbdocfs2.drbd.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.drbdocfs2.Recorded;
import io.jenkins.plugins.drbdocfs2.check.TextFormatException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlKeysTest {
    private static final String ALL =
            """
            # a comment
            title = "a # b" # behind a value
            "quoted \\"key\\" \\u00e9" = 'lit\\eral'
            'a.b' . c = 1979-05-27 07:32:00Z

            [ table . "sub" ] # behind a table
            numbers = [ 1, 2, # in an array
              "]", '#', ]
            inline = { x.y = 1, z = { deep = [ { last = true } ] } }
            text = \"""
            [not.a.table]
            no = "key" \\\""" ""\"""
            literal = '''
            neither = this'''
            [[array]]
            [array.of]
            empty = ""
            """;

    private static Set<String> keys(String text) {
        return TomlKeys.of(text).stream().map(path -> String.join("/", path)).collect(Collectors.toSet());
    }

    @Test
    void readsAllFormsOfKeys() {
        assertThat(keys(ALL))
                .containsExactlyInAnyOrder(
                        "title",
                        "quoted \"key\" \u00e9",
                        "a.b",
                        "a.b/c",
                        "table",
                        "table/sub",
                        "table/sub/numbers",
                        "table/sub/inline",
                        "table/sub/inline/x",
                        "table/sub/inline/x/y",
                        "table/sub/inline/z",
                        "table/sub/inline/z/deep",
                        "table/sub/inline/z/deep/last",
                        "table/sub/text",
                        "table/sub/literal",
                        "array",
                        "array/of",
                        "array/of/empty");
        assertThat(keys(ALL.replace("\n", "\r\n"))).isEqualTo(keys(ALL));
        assertThat(keys("\uFEFF# only a comment")).isEmpty();
        assertThat(keys("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[table",
                "[[table]",
                "key",
                "key =",
                "= 1",
                "a = \"no end",
                "a = \"no\nend\"",
                "a = '''no end",
                "a = \"\\q\"",
                "a = \"\\uD8\"",
                "a = \"\\UFFFFFFFF\"",
                "a = [1, 2",
                "a = { b = 1",
                "a = 1 b = 2\n[",
                "[a] b = 1",
                "a..b = 1",
            })
    void rejectsInvalidToml(String text) {
        assertThatThrownBy(() -> TomlKeys.of("# first\n" + text))
                .isInstanceOf(TextFormatException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void limitsNesting() {
        assertThatThrownBy(() -> TomlKeys.of("a = " + "[".repeat(100_000)))
                .isInstanceOf(TextFormatException.class)
                .hasMessageContaining("too many levels");
    }

    @Test
    void readsOrRejectsTruncatedText() {
        Recorded.onEachCut(ALL, TextFormatException.class, TomlKeys::of);
    }

    @Test
    void findsResourcesOfPromoters() {
        for (String promoter : List.of(
                "[[promoter]]\nid = \"x\"\n[promoter.resources.r0]\nstart = [\"a.mount\"]\n",
                "[[promoter]]\n[promoter.resources]\nr0 = { start = [] }\n",
                "[[promoter]]\nresources.r0.start = []\n",
                "[[promoter]]\nresources = { \"r0\" = { runner = 'systemd' } }\n",
                "promoter = [ { resources = { r0 = {} } } ]\n",
                "[[ promoter ]]\n  [ promoter . resources . 'r0' ]\n",
                "[[promoter]]\n[[promoter]]\n[promoter.resources.\"r\\u0030\"]\n")) {
            assertThat(PromoterConfiguration.resources("snippets = '/etc/drbd-reactor.d'\n" + promoter))
                    .as(promoter)
                    .containsExactly("r0");
        }
        assertThat(PromoterConfiguration.resources(
                        "[[promoter]]\n# [promoter.resources.r0]\n[[umh]]\n[[umh.resource]]\nname = \"r0\"\n"))
                .isEmpty();
    }
}
