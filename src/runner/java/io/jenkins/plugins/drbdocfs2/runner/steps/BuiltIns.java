package io.jenkins.plugins.drbdocfs2.runner.steps;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.List;

/** The steps of Pipeline itself that the runner supports. */
public final class BuiltIns {
    private static final List<Descriptor<?>> ALL = List.of(
            new BatStep.DescriptorImpl(),
            new CatchErrorStep.DescriptorImpl(),
            new DirStep.DescriptorImpl(),
            new EchoStep.DescriptorImpl(),
            new ErrorStep.DescriptorImpl(),
            new FileExistsStep.DescriptorImpl(),
            new IsUnixStep.DescriptorImpl(),
            new NodeStep.DescriptorImpl(),
            new ParallelStep.DescriptorImpl(),
            new PropertiesStep.DescriptorImpl(),
            new PwdStep.DescriptorImpl(),
            new ReadFileStep.DescriptorImpl(),
            new RetryStep.DescriptorImpl(),
            new ScriptStep.DescriptorImpl(),
            new ShStep.DescriptorImpl(),
            new SleepStep.DescriptorImpl(),
            new StageStep.DescriptorImpl(),
            new TimeoutStep.DescriptorImpl(),
            new UnstableStep.DescriptorImpl(),
            new WarnErrorStep.DescriptorImpl(),
            new WithEnvStep.DescriptorImpl(),
            new WriteFileStep.DescriptorImpl(),
            new ParametersProperty.DescriptorImpl(),
            new BuildParameter.Text.DescriptorImpl(),
            new BuildParameter.Bool.DescriptorImpl(),
            new BuildParameter.Choice.DescriptorImpl(),
            new BuildParameter.Password.DescriptorImpl());

    private BuiltIns() {}

    /** Adds them to the extensions if they are missing. */
    @SuppressWarnings("rawtypes")
    public static synchronized void register() {
        ExtensionList<Descriptor> descriptors = ExtensionList.lookup(Descriptor.class);
        if (!descriptors.contains(ALL.get(0))) {
            descriptors.addAll(ALL);
        }
    }
}
