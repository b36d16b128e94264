package dev.callqueue.examples.museum;

/** A trap that does what a test wants. */
record Staged(String id, Scene scene) implements Trap {
    /** What happens in the trap. */
    interface Scene {
        Finding play(Contender contender, Stage stage) throws Exception;
    }

    @Override
    public String title() {
        return "the " + id;
    }

    @Override
    public String story() {
        return "Something happens in " + id + ".";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        return scene.play(contender, stage);
    }
}
