package io.jenkins.plugins.drbdocfs2.runner;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Registers steps and other describables during the tests of a class. */
@SuppressWarnings("rawtypes")
final class TestSteps implements BeforeAllCallback, AfterAllCallback {
    private final List<Descriptor<?>> descriptors;

    TestSteps(Descriptor<?>... descriptors) {
        this.descriptors = List.of(descriptors);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionList.lookup(Descriptor.class).addAll(descriptors);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ExtensionList<Descriptor> known = ExtensionList.lookup(Descriptor.class);
        descriptors.forEach(known::remove);
    }
}
