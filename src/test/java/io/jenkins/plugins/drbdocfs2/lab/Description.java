package io.jenkins.plugins.drbdocfs2.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import java.util.List;

/** The Jenkinsfile that clusterDescribe writes about two nodes of the lab. */
final class Description {
    private static final String DESCRIBE = "withClusterNodes(nodes: [[name: '%1$s1', host: '127.0.0.1', port: 2201],"
            + " [name: '%1$s2', host: '127.0.0.1', port: 2202]], credentialsId: 'lab-root') { clusterDescribe() }\n";

    private Description() {}

    /** Describes the cluster whose nodes have this name before their number, which changes nothing. */
    static String of(Lab lab, String nodes) {
        LabBuild build =
                LabBuild.start(lab, DESCRIBE.formatted(nodes)).succeeds().changesNothing();
        String jenkinsfile = build.last("clusterDescribe").getString("jenkinsfile");
        assertThat(build.log()).contains(jenkinsfile);
        return jenkinsfile;
    }

    /** Runs a description, which must change nothing, and returns its steps. */
    static List<String> steps(Lab lab, String jenkinsfile) {
        LabBuild build = LabBuild.start(lab, jenkinsfile).succeeds().changesNothing();
        assertThat(build.results())
                .allSatisfy(result -> assertThat(result.getObject("nodes").values())
                        .allSatisfy(node -> assertThat(((JsonObject) node).getArray("commands"))
                                .isEmpty()));
        return build.results().stream().map(result -> result.getString("step")).toList();
    }
}
