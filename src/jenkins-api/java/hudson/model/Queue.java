package hudson.model;

/** The build queue. */
public class Queue {
    private Queue() {}

    public interface Task extends ModelObject {}
}
