/** The queues of a JVM, for management tools: see {@link dev.callqueue.jmx}. */
@org.jspecify.annotations.NullMarked
module dev.callqueue.jmx {
    requires static transitive org.jspecify;
    requires transitive java.management;
    requires transitive dev.callqueue;

    /* For PrintCalls only, which runs beside the program that it looks at. */
    requires static jdk.attach;
    requires static jdk.management.agent;

    exports dev.callqueue.jmx;
}
