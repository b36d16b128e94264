package dev.callqueue.examples.museum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "hang-museum.md");
    private static final Path TRAPS = Path.of("src/main/java/dev/callqueue/examples/museum/traps");

    @Test
    void whatNeedsACertainJdkJoinsOnIt() {
        List<String> ids = Catalogue.contenders().stream().map(Contender::id).toList();

        assertThat(ids).startsWith("callqueue", "jdk-executor").doesNotHaveDuplicates();
        assertThat(ids.contains("jox")).isEqualTo(Runtime.version().feature() == 25);
    }

    @Test
    void everyContenderKnowsItsVersion() {
        assertThat(Catalogue.contenders())
                .allSatisfy(contender ->
                        assertThat(contender.version()).containsPattern("\\d").doesNotContain("$"));
    }

    @Test
    void everyTrapHasAProgramOfItsName() {
        assertThat(Catalogue.traps())
                .allSatisfy(trap -> assertThat(TRAPS.resolve(trap.getClass().getSimpleName() + ".java"))
                        .exists())
                .extracting(Trap::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void theWrittenPageShowsEveryTrap() throws Exception {
        String page = Files.readString(PAGE);

        assertThat(Catalogue.traps())
                .allSatisfy(trap -> assertThat(page).contains("\n## " + trap.title() + "\n\n" + trap.story() + " "));
        assertThat(Catalogue.contenders())
                .allSatisfy(contender -> assertThat(page).contains("\n| " + contender.name() + " | "));
    }
}
