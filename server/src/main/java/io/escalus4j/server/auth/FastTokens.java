package io.escalus4j.server.auth;

import io.escalus4j.server.config.FastConfig;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.store.Tokens.Token;
import io.escalus4j.server.xmpp.Jid;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives out tokens and lets them be used (XEP-0484). Thread-safe.
 *
 * <p>A token is longer than a block of SHA-256, so that HMAC itself begins with its hash (RFC 2104 section 2): that hash is
 * all that is kept. Who steals it can still log in for as long as the token lasts.
 */
public final class FastTokens {
    private static final int RANDOM_BYTES = 72;
    private static final String PREFIX = "HT-";
    /** The channel binding of each mechanism, the strongest first. */
    private static final List<Map.Entry<String, String>> MECHANISMS = List.of(
            Map.entry("HT-SHA-256-EXPR", "tls-exporter"),
            Map.entry("HT-SHA-256-ENDP", "tls-server-end-point"),
            Map.entry("HT-SHA-256-NONE", ""));

    private final Tokens tokens;
    private final Accounts accounts;
    private final FastConfig config;
    private final Clock clock;
    private final SecureRandom random;

    public FastTokens(Tokens tokens, Accounts accounts, FastConfig config, Clock clock, SecureRandom random) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /** A token as its client gets it, once; the secret is in no text of this type. */
    public record Issued(String secret, Instant expiry) {
        @Override
        public String toString() {
            return "Issued[expiry=%s]".formatted(expiry);
        }
    }

    /**
     * How a client uses a token.
     *
     * @param client the installation
     * @param count of the client, 0 if it does not count, below 0 if it is no count
     * @param last whether the token ends with this
     */
    public record Use(String client, long count, boolean last) {}

    /** What tokens may be used with over this channel. */
    public static List<String> mechanisms(TlsChannel channel) {
        return MECHANISMS.stream()
                .filter(each -> each.getValue().isEmpty() || channel.bindings().containsKey(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Starts a login by token; empty if it is none of the mechanisms for this channel. */
    public Optional<SaslMechanism> start(String mechanism, SaslOffer offer, Use use) {
        return MECHANISMS.stream()
                .filter(each -> each.getKey().equals(mechanism)
                        && mechanisms(offer.channel()).contains(mechanism))
                .findFirst()
                .map(each -> {
                    byte[] binding = offer.channel().bindings().getOrDefault(each.getValue(), new byte[0]);
                    return new HashedTokenMechanism(mechanism, offer.domain(), binding, use, this);
                });
    }

    static boolean isForTokens(String mechanism) {
        return mechanism.startsWith(PREFIX);
    }

    // ---- for the mechanism

    CompletionStage<List<Token>> of(Jid account, String client) {
        return accounts.exists(account)
                .thenCompose(exists -> tokens.of(account, client).thenApply(found -> exists ? found : List.of()));
    }

    boolean isOver(Token token) {
        return !token.expiry().isAfter(clock.instant());
    }

    CompletionStage<Boolean> used(Jid account, Token token, Use use) {
        return tokens.use(account, use.client(), token, use.count())
                .thenCompose(right -> right && use.last()
                        ? tokens.remove(account, use.client(), token).thenApply(done -> true)
                        : CompletableFuture.completedFuture(right));
    }

    // ---- new ones

    /**
     * The token that a client gets with its login: because it has asked for one, or because that which it has used ends soon
     * (section 3.4). Empty if it gets none.
     *
     * @param mechanism that the client has logged in with
     * @param wanted the mechanism that it asks for a token for
     * @param last whether it has given up its token just now
     */
    public CompletionStage<Optional<Issued>> granted(
            Jid account, String client, TlsChannel channel, String mechanism, Optional<String> wanted, boolean last) {
        if (client.isEmpty()) {
            return none();
        }
        if (wanted.isPresent()) {
            return mechanisms(channel).contains(wanted.get()) ? issue(account, client, wanted.get()) : none();
        }
        return isForTokens(mechanism) && !last ? rotated(account, client, mechanism) : none();
    }

    private static CompletionStage<Optional<Issued>> none() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletionStage<Optional<Issued>> rotated(Jid account, String client, String mechanism) {
        var soon = clock.instant().plus(config.rotation());
        return tokens.of(account, client)
                .thenCompose(
                        known -> known.stream().allMatch(token -> token.expiry().isBefore(soon))
                                ? issue(account, client, mechanism)
                                : none());
    }

    private CompletionStage<Optional<Issued>> issue(Jid account, String client, String mechanism) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().encodeToString(bytes);
        var expiry = clock.instant().plus(config.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        byte[] hash = HashedTokenMechanism.HASH.digest(secret.getBytes(StandardCharsets.US_ASCII));
        return tokens.offer(account, client, new Token(mechanism, hash, expiry), config.clients())
                .thenApply(done -> Optional.of(new Issued(secret, expiry)));
    }
}
