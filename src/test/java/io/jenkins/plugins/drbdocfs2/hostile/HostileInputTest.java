package io.jenkins.plugins.drbdocfs2.hostile;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** For any output of a node and any content of a file, readers end within limits and throw only documented exceptions. */
class HostileInputTest {
    private static final List<Parser> ALL = Parsers.all();
    private static final Duration SAFETY_NET = Duration.ofSeconds(20);
    private static final long ANY_TEXT_BYTES = 32 << 20;
    private static final long BYTES_PER_CHARACTER = 1500;

    @Provide
    Arbitrary<Mutation> mutations() {
        return Mutation.any();
    }

    @Provide
    Arbitrary<Mutation> sometimesHuge() {
        return Arbitraries.frequencyOf(Tuple.of(7, Mutation.any()), Tuple.of(1, Mutation.huge()));
    }

    @Property(seed = HostileText.SEED)
    void readersAcceptOrRefuseMutatedTextsAsDocumented(@ForAll("mutations") Mutation mutation) {
        for (Parser parser : ALL) {
            for (String sample : parser.samples()) {
                read(parser, mutation.of(sample));
            }
        }
    }

    @Property(seed = HostileText.SEED)
    void readersAcceptOrRefuseAnyTextAsDocumented(@ForAll String text) {
        ALL.forEach(parser -> read(parser, text));
    }

    @Property(seed = HostileText.SEED)
    void readersTakeTimeAndMemoryProportionalToTheText(@ForAll("sometimesHuge") Mutation mutation, @ForAll int which) {
        Parser parser = ALL.get(Math.floorMod(which, ALL.size()));
        read(
                parser,
                mutation.of(parser.samples()
                        .get(Math.floorMod(which / 31, parser.samples().size()))));
    }

    private static void read(Parser parser, String text) {
        try {
            BoundedRun.run(SAFETY_NET, ANY_TEXT_BYTES + BYTES_PER_CHARACTER * text.length(), () -> parser.reader()
                    .read(text));
        } catch (Throwable e) {
            boolean documented = parser.failure() != null
                    && parser.failure().isInstance(e)
                    && e.getMessage() != null
                    && e.getMessage().length() < 2000;
            if (!documented) {
                throw new AssertionError(String.format(Locale.ROOT, "%s: %s", parser, e), e);
            }
        }
    }
}
