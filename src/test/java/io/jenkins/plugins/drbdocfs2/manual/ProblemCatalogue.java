package io.jenkins.plugins.drbdocfs2.manual;

import io.jenkins.plugins.drbdocfs2.operation.health.ProblemKind;
import io.jenkins.plugins.drbdocfs2.operation.health.Severity;
import java.util.Arrays;
import java.util.Locale;

/** The part of docs/troubleshooting.md that is generated from the problems of clusterHealth. */
final class ProblemCatalogue {
    private ProblemCatalogue() {}

    static String make() {
        Markdown text = new Markdown();
        for (Severity severity : Severity.values()) {
            String word = severity.word();
            text.lines("### Severity " + word.toLowerCase(Locale.ROOT));
            Arrays.stream(ProblemKind.values())
                    .filter(kind -> kind.severity() == severity)
                    .forEach(kind ->
                            RefusalCatalogue.write(kind.id(), kind.title(), kind.meaning(), kind.remedy(), text));
        }
        return text.whole();
    }
}
