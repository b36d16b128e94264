package dev.callqueue.jmx;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.PrintStream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Prints the calls of another JVM of the same user, as {@code jcmd <pid> Thread.print} prints its threads:
 * {@code java -jar callqueue-jmx.jar <pid>}. That program must have called {@link CallQueues#register}.
 *
 * <p>Exit codes: 0 printed; 1 that program has no bean, or cannot be reached; 2 wrong usage.
 */
public final class PrintCalls {
    private PrintCalls() {}

    /**
     * Prints the report.
     *
     * @param arguments the process id
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 1 || !arguments[0].matches("[0-9]+")) {
            err.println("usage: java -jar callqueue-jmx.jar <pid>, but got: " + String.join(" ", arguments));
            return 2;
        }
        String pid = arguments[0];
        try {
            out.println(reportOf(pid));
            return 0;
        } catch (InstanceNotFoundException none) {
            err.println(
                    "process " + pid + " has no bean " + CallQueues.NAME + ": it has to call CallQueues.register()");
        } catch (AttachNotSupportedException | IOException | JMException failure) {
            err.println("process " + pid + " cannot be reached: " + failure.getMessage());
        }
        return 1;
    }

    @SuppressWarnings("BanJNDI") // the address is that of a local process of the same user
    private static String reportOf(String pid) throws AttachNotSupportedException, IOException, JMException {
        VirtualMachine machine = VirtualMachine.attach(pid);
        String address;
        try {
            address = machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            var server = connector.getMBeanServerConnection();
            server.getObjectInstance(CallQueues.name()); // throws if there is none
            return JMX.newMXBeanProxy(server, CallQueues.name(), CallQueuesMXBean.class)
                    .report();
        }
    }
}
