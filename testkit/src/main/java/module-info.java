/** The contract of a call target as JUnit tests: see {@link dev.callqueue.testkit}. */
@org.jspecify.annotations.NullMarked
module dev.callqueue.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.callqueue;
    requires transitive org.junit.jupiter.api;

    exports dev.callqueue.testkit;

    /* JUnit calls the tests, which are not public. */
    opens dev.callqueue.testkit to
            org.junit.platform.commons;
}
