package io.jenkins.plugins.drbdocfs2.engine;

import io.jenkins.plugins.drbdocfs2.facts.KeptFacts;
import io.jenkins.plugins.drbdocfs2.facts.LocalShell;
import io.jenkins.plugins.drbdocfs2.lock.LockOwner;
import io.jenkins.plugins.drbdocfs2.remote.Node;
import io.jenkins.plugins.drbdocfs2.remote.Remote;
import io.jenkins.plugins.drbdocfs2.remote.RemoteException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster that works on its nodes one after the other, so that a test knows the order. Its login has the secret "pass-word". */
public final class SequentialCluster implements Cluster {
    private final Map<String, Remote> remotes = new LinkedHashMap<>();
    private final DryRunState dryRunState = new DryRunState();
    private final KeptFacts keptFacts = new KeptFacts();
    private final Set<String> locked = new LinkedHashSet<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private Others others = () -> {};
    private int stages;

    SequentialCluster(Remote... remotes) {
        for (Remote remote : remotes) {
            this.remotes.put(remote.node().name(), remote);
        }
    }

    /** This machine as the only node, with this name. */
    static SequentialCluster thisMachineAs(String name) {
        return new SequentialCluster(new LocalShell(name));
    }

    /** This machine as the only node, with its host name. */
    public static SequentialCluster thisMachine() throws Exception {
        return thisMachineAs(thisMachineName());
    }

    /** The host name of this machine. */
    static String thisMachineName() throws Exception {
        Process uname = new ProcessBuilder("uname", "-n").start();
        return new String(uname.getInputStream().readAllBytes()).strip();
    }

    /** The scripts that were run on this machine. */
    public List<String> scripts() {
        return ((LocalShell) remotes.values().iterator().next()).scripts();
    }

    @Override
    public List<Node> nodes() {
        return remotes.values().stream().map(Remote::node).toList();
    }

    @Override
    public <R> Map<String, R> onEach(Collection<String> names, Task<R> task)
            throws StepFailure, RemoteException, InterruptedException {
        Map<String, R> results = new LinkedHashMap<>();
        for (String name : names) {
            results.put(name, task.on(remotes.get(name)));
        }
        return results;
    }

    /** What others do before their lock is given to this cluster. */
    @FunctionalInterface
    interface Others {
        void act() throws Exception;
    }

    /** Sets what others do before this cluster gets its first lock. */
    void onLock(Others others) {
        this.others = others;
    }

    @Override
    public boolean lock(Collection<String> names, Collection<String> answering, LockOwner owner, Log log) {
        if (!locked.addAll(names)) {
            return false;
        }
        try {
            others.act();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    /** Sets that the locks are lost after the first stage of a plan. */
    void loseLocks() {
        lost.addAll(remotes.keySet());
    }

    @Override
    public Set<String> lostLocks(Collection<String> names, Log log) {
        stages++;
        return stages == 1 ? Set.of() : lost;
    }

    @Override
    public KeptFacts keptFacts() {
        return keptFacts;
    }

    @Override
    public DryRunState dryRunState() {
        return dryRunState;
    }

    @Override
    public Mask mask() {
        return new Mask(Set.of("pass-word"));
    }
}
