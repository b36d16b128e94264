package dev.callqueue.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.callqueue.CallQueue;
import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

/** The bean, as a tool sees it. */
class CallQueuesTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    void aToolSeesTheQueuesAndTheirCalls() {
        CallQueue queue = CallQueue.builder().name("seen by a tool").build();
        queue.named("the waiting one").execute(() -> {});
        try (CallQueues bean = CallQueues.register(server)) {
            CallQueuesMXBean seen = JMX.newMXBeanProxy(server, CallQueues.name(), CallQueuesMXBean.class);

            assertThat(seen.getQueueCount()).isEqualTo(bean.getQueueCount()).isPositive();
            assertThat(seen.getWaitingCalls()).isPositive();
            assertThat(seen.getRunningCalls()).isZero();
            assertThat(seen.getQueues())
                    .contains("seen by a tool, served by any thread that receives: 1 waiting, 0 running");
            assertThat(seen.report()).contains("queue 'seen by a tool'", "the waiting one waits");
        }
        queue.closeNow();
    }

    @Test
    void theJvmsOwnServerHasItUntilItIsClosed() {
        MBeanServer own = ManagementFactory.getPlatformMBeanServer();
        CallQueues bean = CallQueues.register();

        assertThat(own.isRegistered(CallQueues.name())).isTrue();
        assertThatIllegalStateException().isThrownBy(CallQueues::register).withMessageContaining(CallQueues.NAME);
        bean.close();
        bean.close();

        assertThat(own.isRegistered(CallQueues.name())).isFalse();
    }
}
