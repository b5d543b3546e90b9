package io.escalus4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCostTest {
    @Test
    void the_processor_time_is_that_in_user_and_in_kernel_mode(@TempDir Path proc) throws IOException {
        Files.writeString(
                proc.resolve("stat"),
                "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 9 0 0 0 250 150 0 0 20 0 9 0 77 1 2 3\n");
        Files.writeString(proc.resolve("status"), "Name:\tc\nVmHWM:\t  9 kB\nVmRSS:\t    2048 kB\n");
        var cost = new ProcessCost(proc);

        assertThat(cost.processorSeconds()).isEqualTo(4.0);
        assertThat(cost.residentBytes()).isEqualTo(2048 * 1024);
    }
}
