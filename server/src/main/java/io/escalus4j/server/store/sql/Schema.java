package io.escalus4j.server.store.sql;

import io.escalus4j.server.config.StoreConfig;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database to what this program knows; the steps are the files {@code V1__...sql} beside this class. */
final class Schema {
    private static final String STEPS = "classpath:io/escalus4j/server/store/sql";

    private Schema() {}

    /** @throws IllegalArgumentException if a newer program has changed the database */
    static void migrate(StoreConfig config, String url, String name) {
        var flyway = flyway(config, url);
        requireKnown(flyway, name);
        flyway.migrate();
    }

    private static Flyway flyway(StoreConfig config, String url) {
        return Flyway.configure()
                .dataSource(url, config.user().orElse(null), config.password().orElse(null))
                .locations(STEPS)
                .table("schema_history")
                .loggers("slf4j")
                .load();
    }

    /**
     * Which version the schema has, and which one it will have; nothing is changed.
     *
     * @throws IllegalArgumentException if a newer program has changed the database
     */
    static String state(StoreConfig config, String url, String name) {
        var flyway = flyway(config, url);
        requireKnown(flyway, name);
        var all = flyway.info().all();
        String known = newest(all, false).map(MigrationVersion::toString).orElse("0");
        String applied = newest(all, true).map(MigrationVersion::toString).orElse("0");
        return applied.equals(known)
                ? "schema version %s, which is this program's".formatted(applied)
                : "schema version %s, the next start brings it to %s".formatted(applied, known);
    }

    private static void requireKnown(Flyway flyway, String name) {
        var all = flyway.info().all();
        var known = newest(all, false);
        newest(all, true)
                .filter(version -> known.stream().allMatch(version::isNewerThan))
                .ifPresent(found -> {
                    throw new IllegalArgumentException(
                            "the schema of %s is version %s, this program knows versions up to %s: start the newer program (docs/storage.md)"
                                    .formatted(
                                            name,
                                            found,
                                            known.map(MigrationVersion::toString)
                                                    .orElse("0")));
                });
    }

    private static Optional<MigrationVersion> newest(MigrationInfo[] all, boolean applied) {
        return Arrays.stream(all)
                .filter(step -> step.getVersion() != null)
                .filter(step ->
                        applied ? step.getState().isApplied() : step.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo);
    }
}
