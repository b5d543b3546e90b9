package io.escalus4j.server.store.sql;

import io.escalus4j.server.store.Secrets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

final class SqlSecrets implements Secrets {
    private final Database database;

    SqlSecrets(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<byte[]> of(String name, Supplier<byte[]> fresh) {
        return database.write(name, sql -> {
            Optional<byte[]> known =
                    sql.first("select secret from server_secret where name = ?", row -> row.getBytes("secret"), name);
            if (known.isPresent()) {
                return known.get();
            }
            byte[] made = fresh.get();
            sql.update("insert into server_secret (name, secret) values (?, ?)", name, made);
            return made;
        });
    }
}
