package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.PreAuthHandler.Request;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes an account for who has none, before authentication; lets who has one change its password or cancel it.
 * Thread-safe.
 *
 * <p>No answer repeats what it answers, which may hold a password (XEP-0077 section 3.3).
 */
public final class InBandRegistration implements Module {
    static final String NS = "jabber:iq:register";
    static final String STREAM_FEATURE = "http://jabber.org/features/iq-register";
    private static final String INSTRUCTIONS = "Choose a username and password for use with this service.";

    private final Config config;
    private final AccountManager accounts;
    private final Sessions sessions;
    private final MeterRegistry metrics;
    private final AttemptLimit attempts;

    /**
     * Who may do what.
     *
     * @param creation whether accounts can be made
     * @param changes whether their owners can change the password or cancel the account
     * @param overTlsOnly accounts are made on encrypted streams only
     * @param attempts to make an account, per address and {@code window}
     */
    public record Config(boolean creation, boolean changes, boolean overTlsOnly, int attempts, Duration window) {
        /** For production: nobody makes accounts but the administrator. */
        public static final Config STANDARD = new Config(false, true, true, 5, Duration.ofHours(1));

        /** For tests: everybody makes accounts. */
        public static final Config OPEN = new Config(true, true, false, Integer.MAX_VALUE, Duration.ofHours(1));

        public Config {
            require(attempts > 0, "attempts must be at least 1, was %d (XEP-0077 section 3.1.1)", attempts);
            require(!window.isNegative() && !window.isZero(), "window must be above 0, was %s", window);
        }

        static Config standard(Profile profile) {
            return profile == Profile.TEST ? OPEN : STANDARD;
        }

        private static void require(boolean holds, String text, Object was) {
            if (!holds) {
                throw new IllegalArgumentException(text.formatted(was));
            }
        }

        boolean offersTo(InitiatingEntity entity) {
            return creation && (entity.secure() || !overTlsOnly);
        }
    }

    InBandRegistration(ServerContext context, Config config) {
        this.config = config;
        this.accounts = context.accounts();
        this.sessions = context.sessions();
        this.metrics = context.metrics();
        this.attempts = new AttemptLimit(config.attempts(), config.window(), context.time());
    }

    @Override
    public Xep xep() {
        return new Xep(77, "In-Band Registration", "2.4");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .preAuthFeature(Element.of("register", STREAM_FEATURE), config::offersTo)
                .preAuth(NS, this::register)
                .iq(Iq.Type.GET, To.SERVER, NS, "query", this::tell)
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, NS, "query", this::tell)
                .iq(Iq.Type.SET, To.SERVER, NS, "query", this::change)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "query", this::change);
    }

    // ---- before authentication

    private Reply register(Request request) {
        if (!config.creation()) {
            return Reply.refused(Condition.SERVICE_UNAVAILABLE, "accounts are not made in-band here");
        }
        if (!config.offersTo(request.from())) {
            return Reply.refused(
                    Condition.NOT_AUTHORIZED, "this stream is not encrypted, accounts are made over TLS only");
        }
        return request.type() == Iq.Type.GET ? fields() : create(request);
    }

    private static Reply fields() {
        return Reply.result(Element.of("query", NS)
                .with(Element.text("instructions", NS, INSTRUCTIONS))
                .with(Element.of("username"), Element.of("password"))
                .with(form().toElement()));
    }

    private static DataForm form() {
        return DataForm.asking(NS, "Registration", INSTRUCTIONS)
                .with(FormField.of("username", Kind.TEXT_SINGLE, "Username").asRequired())
                .with(FormField.of("password", Kind.TEXT_PRIVATE, "Password").asRequired());
    }

    private Reply create(Request request) {
        if (request.payload().has("remove", NS)) {
            return Reply.refused(Condition.UNEXPECTED_REQUEST, "who has not authenticated has nothing to cancel");
        }
        if (!attempts.allows(request.from().address())) {
            return tooManyAttempts();
        }
        var username = field(request.payload(), "username");
        var password = field(request.payload(), "password");
        return username.isEmpty() || password.isEmpty()
                ? Reply.refused(
                        Condition.NOT_ACCEPTABLE, "username and password are both required (XEP-0077 section 3.1)")
                : create(username.get(), request.from().domain(), password.get());
    }

    private Reply tooManyAttempts() {
        metrics.counter("xmpp.limits.hit", "limit", "registration").increment();
        return Reply.refused(
                Condition.NOT_ACCEPTABLE,
                "too many attempts, %d per %s are allowed",
                config.attempts(),
                config.window());
    }

    private Reply create(String username, String domain, String password) {
        return account(username, domain)
                .map(account -> create(account, password))
                .orElseGet(() -> Reply.refused(
                        Condition.NOT_ACCEPTABLE, "'%s' is no localpart of a JID (RFC 7622 section 3.3)", username));
    }

    private Reply create(Jid account, String password) {
        return Reply.later(accounts.create(account, password).handle((created, failure) -> {
            if (failure != null) {
                return Reply.refusedDiscreetly(RefusedPassword.error(failure));
            }
            count(created ? "created" : "conflict");
            return created ? Reply.done() : Reply.refused(Condition.CONFLICT, "'%s' is taken", account);
        }));
    }

    private static Optional<Jid> account(String username, String domain) {
        return Jid.parse(username + '@' + domain)
                .filter(jid -> jid.isBare() && !jid.isDomain())
                .filter(jid -> jid.domain().equals(domain));
    }

    // ---- with an account

    /** To another server's user there is nothing to tell: their accounts are elsewhere. */
    private static boolean isStranger(Iq iq) {
        return !iq.to().orElse(iq.from()).domain().equals(iq.from().domain());
    }

    private Reply tell(Iq iq) {
        if (isStranger(iq)) {
            return notRegistered(iq);
        }
        return Reply.result(Element.of("query", NS)
                .with(Element.of("registered"))
                .with(Element.text("instructions", NS, "You have an account, you can change its password."))
                .with(Element.text("username", NS, iq.from().local()))
                .with(Element.of("password")));
    }

    private Reply change(Iq iq) {
        if (isStranger(iq)) {
            return notRegistered(iq);
        }
        if (!config.changes()) {
            return discreetly(Condition.NOT_ALLOWED, "accounts are not changed in-band here");
        }
        if (iq.payload().has("remove", NS)) {
            return remove(iq);
        }
        return isGuest(iq)
                ? discreetly(Condition.NOT_ALLOWED, "an account without a name has no password (XEP-0175 section 3)")
                : changePassword(iq);
    }

    /** Whose account ends with the session: a password would let others in until then. */
    private boolean isGuest(Iq iq) {
        return sessions.at(iq.from())
                .filter(session -> session.get(Principal.TEMPORARY))
                .isPresent();
    }

    private Reply changePassword(Iq iq) {
        var username = field(iq.payload(), "username");
        var password = field(iq.payload(), "password");
        if (username.isEmpty() || password.isEmpty()) {
            return discreetly(Condition.BAD_REQUEST, "username and password are both required (XEP-0077 section 3.3)");
        }
        Jid own = iq.from().bare();
        if (account(username.get(), own.domain()).filter(own::equals).isEmpty()) {
            return discreetly(Condition.NOT_ALLOWED, "username is '%s', '%s' is allowed", username.get(), own.local());
        }
        return Reply.later(accounts.changePassword(own, password.get())
                .handle((changed, failure) -> changed(iq, changed, failure)));
    }

    private static Reply changed(Iq iq, Boolean changed, Throwable failure) {
        if (failure != null) {
            return Reply.refusedDiscreetly(RefusedPassword.error(failure));
        }
        return changed ? Reply.done() : notRegistered(iq);
    }

    /** First the result, then the end of all streams (section 3.2). */
    private Reply remove(Iq iq) {
        if (iq.payload().elements().size() != 1) {
            return discreetly(
                    Condition.BAD_REQUEST,
                    "%d elements in the query, <remove/> must be alone (XEP-0077 section 3.2)",
                    iq.payload().elements().size());
        }
        Jid account = iq.from().bare();
        return Reply.later(accounts.forget(account)
                .thenApply(there -> there
                        ? new Reply.AndThen(Reply.done(), () -> accounts.closeSessions(account))
                        : notRegistered(iq)));
    }

    private static Reply notRegistered(Iq iq) {
        return discreetly(
                Condition.REGISTRATION_REQUIRED,
                "'%s' has no account here",
                iq.from().bare());
    }

    // ---- both

    /** The data form takes precedence (section 4); an empty element counts as none (section 3.1). */
    private static Optional<String> field(Element query, String name) {
        return DataForm.in(query)
                .map(form -> form.value(name))
                .orElseGet(() -> query.childText(name))
                .filter(text -> !text.isEmpty());
    }

    private static Reply discreetly(Condition condition, String text, Object... args) {
        return Reply.refusedDiscreetly(StanzaError.of(condition, text, args));
    }

    private void count(String result) {
        metrics.counter("xmpp.registrations", "result", result).increment();
    }
}
