package dev.callqueue.interleavings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each scenario with one thread stopped before each of its steps while the other one passes: as far as it gets, or up to
 * a step of its own. Threads, locks and parking are the real ones, so a wake-up that is lost here is lost for good.
 */
class StepTest {
    private static final SteppingLoader LOADER = new SteppingLoader();

    /** How many steps of the other thread are tried, at random, for each step of the one. */
    private static final int STOPS = Integer.getInteger("interleavings.factor", 1);

    static Stream<Class<?>> scenarios() {
        return Stream.of(Scenarios.class.getDeclaredClasses())
                .filter(Scenario.class::isAssignableFrom)
                .filter(scenario -> !Modifier.isAbstract(scenario.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theFirstStopsAtEachStep(Class<? extends Scenario> scenario, TestReporter reporter) throws Exception {
        walk(scenario, true, reporter);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theSecondStopsAtEachStep(Class<? extends Scenario> scenario, TestReporter reporter) throws Exception {
        walk(scenario, false, reporter);
    }

    @Test
    void theLibraryHasSteps() throws Exception {
        var call = new Encounter(LOADER.make(Scenarios.CallAndReceive.class), true, 20, Walker.NOWHERE);

        assertTrue(call.run());
        assertTrue(call.stepsOfOther() > 20);
    }

    private static void walk(Class<? extends Scenario> scenario, boolean firstStops, TestReporter reporter)
            throws Exception {
        var random = new Random();
        int step = 1;
        int runs = 1;
        Encounter last = new Encounter(LOADER.make(scenario), firstStops, step, Walker.NOWHERE);
        while (last.run()) {
            for (int i = 0; i < STOPS && last.stepsOfOther() > 0; i++) {
                int stepOfOther = 1 + random.nextInt(last.stepsOfOther());
                new Encounter(LOADER.make(scenario), firstStops, step, stepOfOther).run();
                runs++;
            }
            step++;
            runs++;
            last = new Encounter(LOADER.make(scenario), firstStops, step, Walker.NOWHERE);
        }
        reporter.publishEntry(scenario.getSimpleName(), step - 1 + " steps, " + runs + " interleavings");
    }
}
