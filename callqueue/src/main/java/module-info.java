/** Calls to the thread that owns the state: see {@link dev.callqueue}. */
@org.jspecify.annotations.NullMarked
module dev.callqueue {
    requires static transitive org.jspecify;
    requires java.management;

    exports dev.callqueue;
}
