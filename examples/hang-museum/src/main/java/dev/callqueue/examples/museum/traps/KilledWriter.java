package dev.callqueue.examples.museum.traps;

import dev.callqueue.examples.museum.Contender;
import dev.callqueue.examples.museum.Finding;
import dev.callqueue.examples.museum.Outcome;
import dev.callqueue.examples.museum.Retreat;
import dev.callqueue.examples.museum.Sighting;
import dev.callqueue.examples.museum.Stage;
import dev.callqueue.examples.museum.Target;
import dev.callqueue.examples.museum.Trap;
import java.util.concurrent.CountDownLatch;

/** A caller who gives up interrupts the owner in the midst of its work, and what the owner owns is lost for all. */
public final class KilledWriter implements Trap {
    @Override
    public String id() {
        return "killed-writer";
    }

    @Override
    public String title() {
        return "interrupt and IndexWriter";
    }

    @Override
    public String story() {
        return "The owner has a Lucene IndexWriter. While it is about to commit for a caller, that one cancels, with interruption "
                + "where this can be asked for; where nothing can be cancelled, it is interrupted. The next caller adds a document "
                + "and wants their number. One wants the writer to be alive.";
    }

    @Override
    public Finding spring(Contender contender, Stage stage) throws Exception {
        Target owner = stage.with(contender.owner("owner"));
        try (Index index = Index.open()) {
            var indexing = new CountDownLatch(1);
            var givenUp = new CountDownLatch(1);
            Retreat retreat = owner.start(() -> {
                indexing.countDown();
                Interruptions.awaitAll(givenUp); // stands for a while of analysis, which looks at no interrupt
                return index.addDocument();
            });
            stage.await(indexing);
            retreat.act().run();
            givenUp.countDown();

            Sighting next = stage.see("next caller", () -> owner.call(index::addDocument));

            Finding finding = next.outcome() instanceof Outcome.Thrown
                    ? Finding.wrong("the writer is dead", next)
                    : Finding.of(2, next);
            return finding.noting("after " + retreat.how());
        }
    }
}
