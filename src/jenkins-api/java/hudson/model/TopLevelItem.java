package hudson.model;

import hudson.ExtensionPoint;

/** An item that can be in no other. */
public interface TopLevelItem extends Item, ExtensionPoint, Describable<TopLevelItem> {}
