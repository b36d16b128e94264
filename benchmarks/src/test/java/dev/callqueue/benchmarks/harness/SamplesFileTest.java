package dev.callqueue.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

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
    void eachContenderHasALine() throws IOException {
        Path file = folder.resolve("samples.tsv");
        Measurement measured = new Measurement(
                "packed", "packed", Unit.TIME, Regime.PACKED, Map.of("callqueue", new double[] {1.5, 2e9}));
        SamplesFile.write(List.of(measured), file);

        assertThat(Files.readString(file)).isEqualTo("packed\tpacked\tTIME\tPACKED\tcallqueue\t1.5\t2.0E9\n");
    }
}
