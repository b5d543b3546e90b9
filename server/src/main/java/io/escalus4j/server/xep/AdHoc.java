package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xep.Command.Invocation;
import io.escalus4j.server.xep.Command.Step;
import io.escalus4j.server.xep.Command.Step.Asking;
import io.escalus4j.server.xep.Command.Step.Completed;
import io.escalus4j.server.xep.CommandSessions.Key;
import io.escalus4j.server.xep.CommandSessions.Running;
import io.escalus4j.server.xep.Disco.NodeQuery;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.StanzaError.Type;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs commands that other modules {@link #OFFER}, at the domain. Thread-safe.
 *
 * <p>No error repeats the request, which may hold a password. All texts are in English, whatever {@code xml:lang} asks.
 */
public final class AdHoc implements Module {
    static final String NS = "http://jabber.org/protocol/commands";

    /** Who has commands adds them. */
    static final Hook<Offer> OFFER = new Hook<>("commands");

    private final Modules modules;
    private final MeterRegistry metrics;
    private final CommandSessions sessions;
    private final Supplier<String> ids;

    /**
     * What commands that wait for their requester may cost.
     *
     * @param sessions of all requesters; one more is refused
     * @param perRequester of one full JID; one more ends the oldest
     * @param idle how long a form stays open
     */
    public record Limits(int sessions, int perRequester, Duration idle) {
        public static final Limits STANDARD = new Limits(1000, 10, Duration.ofMinutes(10));

        public Limits {
            if (sessions < 1 || perRequester < 1) {
                throw new IllegalArgumentException("sessions and per_requester must be at least 1, were %d and %d"
                        .formatted(sessions, perRequester));
            }
            if (idle.isNegative() || idle.isZero()) {
                throw new IllegalArgumentException("idle must be above 0, was %s".formatted(idle));
            }
        }
    }

    /** The commands that there are, of which no two have the same node (section 3.2). */
    record Offer(List<Command> commands) {
        Offer with(List<Command> more) {
            return new Offer(Stream.concat(commands.stream(), more.stream()).toList());
        }
    }

    /** What a requester may ask of a session (XEP-0050 section 4.1). */
    private enum Action {
        EXECUTE,
        CANCEL,
        PREV,
        NEXT,
        COMPLETE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean submits() {
            return this == EXECUTE || this == NEXT || this == COMPLETE;
        }

        static Optional<Action> of(String wire) {
            return List.of(values()).stream()
                    .filter(action -> action.wire().equals(wire))
                    .findFirst();
        }
    }

    AdHoc(ServerContext context, Limits limits) {
        this(context, limits, () -> UUID.randomUUID().toString());
    }

    /** @param ids makes a session id that nobody can guess, a new one each time */
    AdHoc(ServerContext context, Limits limits, Supplier<String> ids) {
        this.modules = context.modules();
        this.metrics = context.metrics();
        this.sessions = new CommandSessions(limits, context.time());
        this.ids = ids;
    }

    @Override
    public Xep xep() {
        return new Xep(50, "Ad-Hoc Commands", "1.3.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .feature(DataForm.NS)
                .iq(Iq.Type.SET, To.SERVER, NS, "command", this::command)
                .on(Disco.NODE, Phase.DELIVER, this::describe);
    }

    private CompletionStage<List<Command>> commands() {
        return modules.run(OFFER, new Offer(List.of()))
                .thenApply(verdict -> verdict instanceof Verdict.Proceed<Offer> on
                        ? on.context().commands()
                        : List.of());
    }

    private CompletionStage<Optional<Command>> command(String node) {
        return commands()
                .thenApply(all -> all.stream()
                        .filter(command -> command.node().equals(node))
                        .findFirst());
    }

    // ---- discovery (section 2)

    private Verdict<NodeQuery> describe(NodeQuery query) {
        var asking = invocation(query.iq());
        if (query.node().equals(NS)) {
            return query.isInfo()
                    ? Verdict.proceed(query.found(listInfo()))
                    : Verdict.later(commands().thenApply(all -> Verdict.proceed(query.found(list(all, asking)))));
        }
        return Verdict.later(command(query.node())
                .thenApply(found -> found.map(command -> describe(query, command, asking))
                        .orElseGet(() -> Verdict.proceed(query))));
    }

    private static Verdict<NodeQuery> describe(NodeQuery query, Command command, Invocation asking) {
        if (!command.allowed().test(asking)) {
            return Verdict.refuse(forbidden(command));
        }
        return Verdict.proceed(query.found(query.isInfo() ? info(command) : List.of()));
    }

    private static List<Element> listInfo() {
        return List.of(identity("command-list", "Commands"), Disco.feature(Disco.INFO), Disco.feature(NS));
    }

    private static List<Element> list(List<Command> commands, Invocation asking) {
        return commands.stream()
                .filter(command -> command.allowed().test(asking))
                .sorted(Comparator.comparing(Command::name))
                .map(command -> Disco.item(asking.responder().toString())
                        .with("node", command.node())
                        .with("name", command.name()))
                .toList();
    }

    private static List<Element> info(Command command) {
        return List.of(
                identity("command-node", command.name()),
                Disco.feature(Disco.INFO),
                Disco.feature(NS),
                Disco.feature(DataForm.NS));
    }

    private static Element identity(String type, String name) {
        return Element.of("identity", Disco.INFO)
                .with("category", "automation")
                .with("type", type)
                .with("name", name);
    }

    // ---- execution (section 2.4)

    private Reply command(Iq iq) {
        String node = iq.payload().attribute("node", "");
        return Reply.later(command(node)
                .thenApply(found -> found.map(command -> command(iq, command))
                        .orElseGet(() ->
                                refused(StanzaError.of(Condition.ITEM_NOT_FOUND, "there is no command '%s'", node)))));
    }

    private Reply command(Iq iq, Command command) {
        if (!command.allowed().test(invocation(iq))) {
            return refused(forbidden(command));
        }
        String wire = iq.payload().attribute("action", Action.EXECUTE.wire());
        var action = Action.of(wire);
        if (action.isEmpty()) {
            return refused(badRequest("malformed-action", "action '%s' is unknown (XEP-0050 section 4.1)", wire));
        }
        return iq.payload()
                .attribute("sessionid")
                .map(id -> continued(iq, command, action.get(), new Key(iq.from(), id)))
                .orElseGet(() -> started(iq, command, action.get()));
    }

    private Reply started(Iq iq, Command command, Action action) {
        if (action != Action.EXECUTE && !(action.submits() && isFilled(iq))) {
            return badAction(action, "no session", Action.EXECUTE);
        }
        if (sessions.isFullFor(iq.from())) {
            metrics.counter("xmpp.limits.hit", "limit", "commands").increment();
            return refused(StanzaError.of(
                    Condition.RESOURCE_CONSTRAINT, "too many commands are open, try again when some are completed"));
        }
        var key = new Key(iq.from(), ids.get());
        return Reply.later(command.start()
                .apply(invocation(iq))
                .thenApply(step -> step instanceof Asking asking
                        ? asked(iq, key, new Running(command, List.of(asking)))
                        : ended(key, command, step)));
    }

    /** Who knows the form, and has filled it already, need not be shown it. */
    private Reply asked(Iq iq, Key key, Running running) {
        return isFilled(iq) ? submitted(iq, key, running) : shown(key, running);
    }

    private static boolean isFilled(Iq iq) {
        return DataForm.in(iq.payload())
                .filter(form -> form.type() == DataForm.Type.SUBMIT)
                .isPresent();
    }

    private Reply continued(Iq iq, Command command, Action action, Key key) {
        var found = sessions.find(key);
        if (found.isEmpty() && sessions.knows(key)) {
            return refused(expired(key));
        }
        return found.filter(running -> running.command().node().equals(command.node()))
                .map(running -> continued(iq, action, key, running))
                .orElseGet(() -> refused(badSession(key)));
    }

    private Reply continued(Iq iq, Action action, Key key, Running running) {
        return switch (action) {
            case CANCEL -> canceled(key, running.command());
            case PREV ->
                running.isFirst() ? badAction(action, "the first form", submits(running)) : shown(key, running.back());
            case EXECUTE -> submitted(iq, key, running);
            case NEXT, COMPLETE ->
                isSubmit(action, iq, running)
                        ? submitted(iq, key, running)
                        : badAction(action, "this form", submits(running));
        };
    }

    /** Clients that call every filled form a step on, the last one too, are common. */
    private static boolean isSubmit(Action action, Iq iq, Running running) {
        return action == submits(running) || action == Action.NEXT && isFilled(iq);
    }

    private static Action submits(Running running) {
        return running.open().last() ? Action.COMPLETE : Action.NEXT;
    }

    private Reply canceled(Key key, Command command) {
        sessions.end(key);
        return Reply.result(element(key, command, "canceled"));
    }

    private Reply submitted(Iq iq, Key key, Running running) {
        Element request = iq.payload();
        var form = request.has("x", DataForm.NS) ? DataForm.in(request) : Optional.of(nothing());
        var fault = form.isEmpty()
                ? Optional.of("this is no data form (XEP-0004 section 3)")
                : running.open().form().faultIn(form.get());
        return fault.map(text -> refused(badRequest("bad-payload", "%s", text)))
                .orElseGet(() -> Reply.later(submitted(key, running, form.get())));
    }

    private static DataForm nothing() {
        return new DataForm(DataForm.Type.SUBMIT, Optional.empty(), Optional.empty(), List.of());
    }

    private CompletionStage<Reply> submitted(Key key, Running running, DataForm form) {
        return running.open()
                .submit()
                .apply(form)
                .thenApply(step -> step instanceof Asking asking
                        ? shown(key, running.then(asking))
                        : ended(key, running.command(), step));
    }

    // ---- answers

    private Reply shown(Key key, Running running) {
        sessions.put(key, running);
        Element actions =
                Element.of("actions", NS).with("execute", submits(running).wire());
        Element back = running.isFirst() ? actions : actions.with(Element.of("prev"));
        return Reply.result(element(key, running.command(), "executing")
                .with(back.with(Element.of(submits(running).wire())))
                .with(running.open().form().toElement()));
    }

    private Reply ended(Key key, Command command, Step step) {
        if (step instanceof Step.Refused no) {
            return refused(no.error());
        }
        sessions.end(key);
        var completed = (Completed) step;
        Element result = element(key, command, "completed")
                .with(completed.result().map(DataForm::toElement).stream().toList())
                .with(completed.note().map(AdHoc::note).stream().toList());
        return new Reply.AndThen(Reply.result(result), completed.afterwards());
    }

    private static Element note(String text) {
        return Element.text("note", NS, text).with("type", "info");
    }

    private static Element element(Key key, Command command, String status) {
        return Element.of("command", NS)
                .with("node", command.node())
                .with("sessionid", key.id())
                .with("status", status)
                .with("xml:lang", "en");
    }

    private static Invocation invocation(Iq iq) {
        return new Invocation(iq.from(), iq.to().orElse(iq.from()).toDomain());
    }

    // ---- errors (section 4.4)

    private static Reply refused(StanzaError error) {
        return Reply.refusedDiscreetly(error);
    }

    private static Reply badAction(Action action, String where, Action allowed) {
        return refused(
                badRequest("bad-action", "action '%s' on %s, '%s' is allowed", action.wire(), where, allowed.wire()));
    }

    private static StanzaError badSession(Key key) {
        return badRequest("bad-sessionid", "there is no session '%s' of yours with this command", key.id());
    }

    private static StanzaError expired(Key key) {
        return StanzaError.of(Condition.NOT_ALLOWED, "session '%s' is over", key.id())
                .with(Element.of("session-expired", NS));
    }

    private static StanzaError forbidden(Command command) {
        return StanzaError.of(Condition.FORBIDDEN, "you are not allowed to run '%s'", command.node())
                .as(Type.CANCEL);
    }

    private static StanzaError badRequest(String condition, String text, Object... args) {
        return StanzaError.of(Condition.BAD_REQUEST, text, args).with(Element.of(condition, NS));
    }
}
