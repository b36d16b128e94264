package dev.callqueue.jmx;

import static java.util.stream.Collectors.joining;

import dev.callqueue.CallReport;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The bean of all queues of this JVM, registered under the name {@value #NAME} from {@link #register} to {@link #close}.
 *
 * <p>The server keeps the bean, and so the class loader of this library, until it is closed.
 */
public final class CallQueues implements CallQueuesMXBean, AutoCloseable {
    /** The name of the bean. */
    public static final String NAME = "dev.callqueue:type=CallQueues";

    private final MBeanServer server;

    private CallQueues(MBeanServer server) {
        this.server = server;
    }

    /**
     * Registers the bean with the JVM's own server.
     *
     * @return the bean; to be closed if the library is to be unloaded before the JVM ends
     * @throws IllegalStateException if one is registered already
     */
    public static CallQueues register() {
        return register(ManagementFactory.getPlatformMBeanServer());
    }

    /**
     * Registers the bean.
     *
     * @param server where
     * @return the bean
     * @throws IllegalStateException if one is registered there already
     */
    public static CallQueues register(MBeanServer server) {
        var bean = new CallQueues(server);
        try {
            server.registerMBean(bean, name());
            return bean;
        } catch (InstanceAlreadyExistsException twice) {
            throw new IllegalStateException(NAME + " is registered already", twice);
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Takes the bean from the server. */
    @Override
    public void close() {
        try {
            server.unregisterMBean(name());
        } catch (InstanceNotFoundException closedBefore) {
            return;
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static ObjectName name() {
        try {
            return new ObjectName(NAME);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public int getQueueCount() {
        return CallReport.all().size();
    }

    @Override
    public long getWaitingCalls() {
        return CallReport.all().stream().mapToLong(CallReport::waiting).sum();
    }

    @Override
    public int getRunningCalls() {
        return CallReport.all().stream()
                .mapToInt(queue -> queue.running().size())
                .sum();
    }

    @Override
    public List<String> getQueues() {
        return CallReport.all().stream().map(CallQueues::line).toList();
    }

    private static String line(CallReport queue) {
        return queue.queue() + ", served by " + queue.servedBy() + (queue.closed() ? ", closed: " : ": ")
                + queue.waiting() + " waiting, " + queue.running().size() + " running";
    }

    @Override
    public String report() {
        return CallReport.all().stream().map(CallReport::toString).collect(joining("\n\n"));
    }
}
