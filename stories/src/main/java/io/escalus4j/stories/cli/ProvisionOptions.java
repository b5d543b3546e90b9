package io.escalus4j.stories.cli;

import io.escalus4j.stories.server.Accounts;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How accounts come to be on a target at {@code HOST:PORT}. */
final class ProvisionOptions {
    @Option(
            names = "--provision",
            paramLabel = "HOW",
            description =
                    "how accounts are made on a target at HOST:PORT: inband (XEP-0077, the standard), adhoc (XEP-0133, needs --admin), ejabberd:URL (its mod_http_api), http:FILE (two calls of your own) or fixed:FILE (accounts that exist)")
    private Optional<String> how;

    void check(Optional<String> admin) {
        how.ifPresent(value -> Accounts.check(value, admin));
    }

    void settings(Map<String, String> settings) {
        how.ifPresent(value -> settings.put(Accounts.KEY, value));
    }
}
