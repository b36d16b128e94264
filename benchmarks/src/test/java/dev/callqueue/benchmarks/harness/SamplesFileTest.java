package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("samples.tsv");
        Measurement written = new Measurement(
                "packed", "packed", Unit.TIME, Regime.PACKED, Map.of("callqueue", new double[] {1.5, 2e9}));
        SamplesFile.write(List.of(written), file);

        assertThat(Files.readString(file)).isEqualTo("packed\tpacked\tTIME\tPACKED\tcallqueue\t1.5\t2.0E9\n");
        assertThat(SamplesFile.read(file)).singleElement().satisfies(read -> {
            assertThat(read).usingRecursiveComparison().isEqualTo(written);
        });
    }

    @Test
    void aLineOfAnotherKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("samples.tsv"), "something\telse\n");
        assertThatThrownBy(() -> SamplesFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("not a line of samples: something\telse");
    }
}
