package dev.callqueue.examples.linkcheck;

/** Is told how a crawl goes, by the thread that runs it. */
interface Progress extends AutoCloseable {
    /** Tells nobody. */
    Progress NONE = new Progress() {
        @Override
        public void changed(State state) {}

        @Override
        public void close() {}
    };

    /**
     * How a crawl stands.
     *
     * @param known targets found so far
     * @param done of these, how many were looked at
     * @param pages of these, how many were parsed
     * @param broken links found broken so far
     * @param running how many targets are in flight: being looked at now, or about to be
     * @param oldest the one among them that has taken longest, or the empty string
     */
    record State(long known, long done, int pages, int broken, int running, String oldest) {}

    /** Something has changed; must return at once. */
    void changed(State state);

    @Override
    void close();
}
