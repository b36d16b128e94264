package dev.callqueue.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callqueue.CallQueue;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command, run against another JVM. */
@Timeout(120)
class PrintCallsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return PrintCalls.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void itPrintsTheCallsOfAnotherJvm() throws IOException {
        Process program = start(Registered.class);
        try {
            assertThat(run(String.valueOf(program.pid()))).as(err::toString).isZero();
            assertThat(out.toString(UTF_8)).contains("queue 'in another JVM'", "look at me waits");
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aProgramWithoutTheBeanIsToldOf() throws IOException {
        Process program = start(Unregistered.class);
        try {
            assertThat(run(String.valueOf(program.pid()))).isEqualTo(1);
            assertThat(err.toString(UTF_8)).contains("it has to call CallQueues.register()");
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aProcessThatCannotBeReachedIsToldOf() {
        assertThat(run("999999999")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("process 999999999 cannot be reached");
    }

    @Test
    void wrongUsageIsToldOf() {
        assertThat(run("queue")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("<pid>, but got: queue");
    }

    /** Starts the program and waits until it says that it is ready. */
    private static Process start(Class<?> program) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();
        String first = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        assertThat(first).isEqualTo("ready");
        return process;
    }

    /** A program with a queue that can be seen. */
    static final class Registered {
        private Registered() {}

        public static void main(String[] arguments) throws IOException {
            CallQueue queue = CallQueue.builder().name("in another JVM").build();
            queue.named("look at me").execute(() -> {});
            try (CallQueues bean = CallQueues.register()) {
                waitForTheEnd(bean.getQueueCount() == 1 ? "ready" : "no queue");
            }
            queue.closeNow();
        }
    }

    /** A program that cannot be seen. */
    static final class Unregistered {
        private Unregistered() {}

        public static void main(String[] arguments) throws IOException {
            waitForTheEnd("ready");
        }
    }

    private static void waitForTheEnd(String greeting) throws IOException {
        System.out.println(greeting);
        System.in.read();
    }
}
