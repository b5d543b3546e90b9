package io.escalus4j.stories.cli;

import io.escalus4j.server.config.ConfigException;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.store.sql.UnreachableDatabaseException;
import java.io.UncheckedIOException;

/** What the server has against what it is asked, as a sentence and an exit code. */
final class Explained {
    private Explained() {}

    interface Work {
        int run() throws Exception;
    }

    static int run(Work work) throws Exception {
        try {
            return work.run();
        } catch (UnreachableDatabaseException | StoreUnavailableException away) {
            throw new Exit.Because(Exit.UNREACHABLE, "%s", away.getMessage());
        } catch (ConfigException | IllegalArgumentException | UncheckedIOException mistake) {
            throw new Exit.Because(Exit.USAGE, "%s", mistake.getMessage());
        }
    }
}
