package io.escalus4j.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What each port must do on each storage: a contract extends this, and runs once per storage. */
@ParameterizedClass
@EnumSource(Storage.class)
abstract class StoreContract {
    private final Path folder = freshFolder();
    final Stores stores;

    StoreContract(Storage storage) {
        this.stores = storage.open(folder);
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("store");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @AfterEach
    void close() throws IOException {
        stores.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        }
    }
}
