package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Command.ask;
import static io.escalus4j.server.xep.Command.done;
import static io.escalus4j.server.xep.Command.noted;
import static io.escalus4j.server.xep.Command.now;
import static io.escalus4j.server.xep.Command.refused;
import static io.escalus4j.server.xep.Command.result;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.xep.Command.Invocation;
import io.escalus4j.server.xep.Command.Step;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.StreamError;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets administrators manage the accounts and sessions of the domain that they ask, by {@link AdHoc} commands.
 * Thread-safe.
 */
public final class ServiceAdministration implements Module {
    static final String NS = "http://jabber.org/protocol/admin";
    private static final Logger LOG = LoggerFactory.getLogger(ServiceAdministration.class);

    /** They administer all domains of the server. */
    private final Set<Jid> admins;

    private final Limits limits;
    private final AccountManager manager;
    private final Accounts accounts;
    private final Sessions sessions;

    /** @param listed how many accounts one list may name */
    public record Limits(int listed) {
        public static final Limits STANDARD = new Limits(1000);

        public Limits {
            if (listed < 1) {
                throw new IllegalArgumentException("listed must be at least 1, was %d".formatted(listed));
            }
        }
    }

    ServiceAdministration(ServerContext context, Limits limits) {
        this.admins = context.config().admins();
        this.limits = limits;
        this.manager = context.accounts();
        this.accounts = context.stores().accounts();
        this.sessions = context.sessions();
    }

    @Override
    public Xep xep() {
        return new Xep(133, "Service Administration", "1.3.1");
    }

    @Override
    public void install(Hooks hooks) {
        var commands = List.of(
                command("add-user", "Add User", this::addUser),
                command("delete-user", "Delete User", this::deleteUser),
                command("change-user-password", "Change User Password", this::changeUserPassword),
                command("end-user-session", "End User Session", this::endUserSession),
                command("get-registered-users-num", "Get Number of Registered Users", this::numberOfRegistered),
                command("get-registered-users-list", "Get List of Registered Users", this::listOfRegistered),
                command("get-online-users-num", "Get Number of Online Users", this::numberOfOnline),
                command("get-online-users-list", "Get List of Online Users", this::listOfOnline),
                command("announce", "Send Announcement to Online Users", this::announce));
        hooks.on(AdHoc.OFFER, Phase.DELIVER, offer -> Verdict.proceed(offer.with(commands)));
    }

    private Command command(String name, String title, Function<Invocation, CompletionStage<Step>> start) {
        return new Command(NS + '#' + name, title, this::isAdmin, start);
    }

    private boolean isAdmin(Invocation call) {
        return admins.contains(call.requester().bare());
    }

    // ---- accounts (sections 4.1, 4.2 and 4.7)

    private CompletionStage<Step> addUser(Invocation call) {
        var form = form("Adding a User", "Fill out this form to add a user.")
                .with(FormField.of("accountjid", Kind.JID_SINGLE, "The Jabber ID for the account to be added")
                        .asRequired())
                .with(FormField.of("password", Kind.TEXT_PRIVATE, "The password for this account")
                        .asRequired())
                .with(FormField.of("password-verify", Kind.TEXT_PRIVATE, "Retype password"));
        return ask(form, filled -> withAccount(call, filled, account -> create(call, account, filled)));
    }

    private CompletionStage<Step> create(Invocation call, Jid account, DataForm filled) {
        String password = filled.value("password").orElseThrow();
        if (!filled.value("password-verify").orElse(password).equals(password)) {
            return now(refused(Condition.NOT_ACCEPTABLE, "password and password-verify differ"));
        }
        return passwordSet(
                manager.create(account, password),
                call,
                "add-user",
                account,
                refused(Condition.CONFLICT, "there is an account '%s' already", account));
    }

    private CompletionStage<Step> changeUserPassword(Invocation call) {
        var form = form("Changing a User Password", "Fill out this form to change a user's password.")
                .with(FormField.of("accountjid", Kind.JID_SINGLE, "The Jabber ID for this account")
                        .asRequired())
                .with(FormField.of("password", Kind.TEXT_PRIVATE, "The password for this account")
                        .asRequired());
        return ask(form, filled -> withAccount(call, filled, account -> change(call, account, filled)));
    }

    private CompletionStage<Step> change(Invocation call, Jid account, DataForm filled) {
        String password = filled.value("password").orElseThrow();
        return passwordSet(
                manager.changePassword(account, password), call, "change-user-password", account, noAccount(account));
    }

    private static CompletionStage<Step> passwordSet(
            CompletionStage<Boolean> set, Invocation call, String command, Jid account, Step otherwise) {
        return set.handle((there, failure) -> {
            if (failure != null) {
                return new Step.Refused(RefusedPassword.error(failure));
            }
            return there ? logged(call, command, account, done()) : otherwise;
        });
    }

    private CompletionStage<Step> deleteUser(Invocation call) {
        var form = form("Deleting a User", "Fill out this form to delete a user.")
                .with(FormField.of("accountjids", Kind.JID_MULTI, "The Jabber ID(s) to delete")
                        .asRequired());
        return ask(form, filled -> delete(call, jids(filled)));
    }

    /** All or, where one of them is not there, none. */
    private CompletionStage<Step> delete(Invocation call, List<Jid> doomed) {
        var foreign = doomed.stream().filter(jid -> !belongs(jid, call)).findFirst();
        if (foreign.isPresent()) {
            return now(notOfDomain(foreign.get(), call));
        }
        return firstMissing(doomed)
                .thenCompose(missing -> missing.isPresent()
                        ? now(noAccount(missing.get()))
                        : forget(doomed).thenApply(gone -> {
                            doomed.forEach(account -> logged(call, "delete-user", account, done()));
                            return done(() -> doomed.forEach(manager::closeSessions));
                        }));
    }

    private CompletionStage<Optional<Jid>> firstMissing(List<Jid> wanted) {
        CompletionStage<Optional<Jid>> missing = CompletableFuture.completedFuture(Optional.empty());
        for (Jid account : wanted) {
            missing = missing.thenCompose(known -> known.isPresent()
                    ? CompletableFuture.completedFuture(known)
                    : accounts.exists(account).thenApply(there -> there ? Optional.empty() : Optional.of(account)));
        }
        return missing;
    }

    private CompletionStage<Void> forget(List<Jid> doomed) {
        CompletionStage<Void> gone = CompletableFuture.completedFuture(null);
        for (Jid account : doomed) {
            gone = gone.thenCompose(before -> manager.forget(account)).thenAccept(there -> {});
        }
        return gone;
    }

    // ---- sessions (section 4.5)

    private CompletionStage<Step> endUserSession(Invocation call) {
        var form = form("Ending a User Session", "Fill out this form to end a user's session.")
                .with(FormField.of("accountjids", Kind.JID_MULTI, "The Jabber ID(s) for which to end sessions")
                        .asRequired());
        return ask(form, filled -> now(end(call, jids(filled))));
    }

    private Step end(Invocation call, List<Jid> named) {
        var foreign = named.stream().filter(jid -> !belongs(jid.bare(), call)).findFirst();
        if (foreign.isPresent()) {
            return notOfDomain(foreign.get(), call);
        }
        var ending = named.stream()
                .flatMap(jid -> sessionsOf(jid).stream())
                .distinct()
                .toList();
        ending.forEach(session -> logged(call, "end-user-session", session.jid(), done()));
        return new Step.Completed(
                Optional.empty(),
                Optional.of("sessions ended: %d".formatted(ending.size())),
                () -> ending.forEach(ServiceAdministration::end));
    }

    private Collection<Session> sessionsOf(Jid jid) {
        return jid.isBare() ? sessions.of(jid) : sessions.at(jid).stream().toList();
    }

    private static void end(Session session) {
        session.close(
                StreamError.of(StreamError.Condition.POLICY_VIOLATION, "an administrator has ended this session"));
    }

    // ---- numbers and lists (sections 4.13, 4.15, 4.18 and 4.20)

    private CompletionStage<Step> numberOfRegistered(Invocation call) {
        return accounts.count(call.responder().domain())
                .thenApply(count -> number("registeredusersnum", "The number of registered users", count));
    }

    private CompletionStage<Step> listOfRegistered(Invocation call) {
        String domain = call.responder().domain();
        return accounts.first(domain, limits.listed())
                .thenCombine(
                        accounts.count(domain),
                        (first, count) -> list("registereduserjids", "The list of all users", first, count));
    }

    private CompletionStage<Step> numberOfOnline(Invocation call) {
        return now(number(
                "onlineusersnum", "The number of online users", online(call).size()));
    }

    private CompletionStage<Step> listOfOnline(Invocation call) {
        var all = online(call);
        return now(list("onlineuserjids", "The list of all online users", all, all.size()));
    }

    private List<Jid> online(Invocation call) {
        return connected(call).stream()
                .map(session -> session.jid().bare())
                .distinct()
                .toList();
    }

    private List<Session> connected(Invocation call) {
        return sessions.all().stream()
                .filter(session ->
                        session.jid().domain().equals(call.responder().domain()))
                .toList();
    }

    private static Step number(String field, String label, int number) {
        return result(DataForm.result(NS)
                .with(FormField.of(field, Kind.TEXT_SINGLE, label).with(Integer.toString(number))));
    }

    private Step list(String field, String label, List<Jid> some, int count) {
        var names =
                some.stream().map(Jid::toString).sorted().limit(limits.listed()).toList();
        var form = DataForm.result(NS)
                .with(FormField.of(field, Kind.JID_MULTI, label).with(names));
        return names.size() >= count
                ? result(form)
                : new Step.Completed(
                        Optional.of(form),
                        Optional.of("the first %d of %d are listed".formatted(names.size(), count)),
                        () -> {});
    }

    // ---- announcements (section 4.23)

    private CompletionStage<Step> announce(Invocation call) {
        var form = form(
                        "Making an Announcement",
                        "Fill out this form to make an announcement to all active users of this service.")
                .with(FormField.of("announcement", Kind.TEXT_MULTI, "Announcement")
                        .asRequired());
        return ask(form, filled -> now(announce(call, String.join("\n", filled.values("announcement")))));
    }

    private Step announce(Invocation call, String text) {
        var recipients = connected(call);
        recipients.forEach(session -> session.deliver(headline(call.responder(), session.jid(), text)));
        return logged(call, "announce", call.responder(), noted("sessions told: %d", recipients.size()));
    }

    private static Message headline(Jid from, Jid to, String text) {
        Element element = Element.of("message", Ns.CLIENT)
                .with("type", Message.Type.HEADLINE.wire())
                .with("from", from.toString())
                .with("to", to.toString())
                .with(Element.text("body", Ns.CLIENT, text));
        return new Message(element, from, Optional.of(to), Message.Type.HEADLINE);
    }

    // ---- what they share

    private static DataForm form(String title, String instructions) {
        return DataForm.asking(NS, title, instructions);
    }

    private static CompletionStage<Step> withAccount(
            Invocation call, DataForm filled, Function<Jid, CompletionStage<Step>> then) {
        Jid account = Jid.of(filled.value("accountjid").orElseThrow());
        return belongs(account, call) ? then.apply(account) : now(notOfDomain(account, call));
    }

    private static List<Jid> jids(DataForm filled) {
        return filled.values("accountjids").stream()
                .filter(text -> !text.isEmpty())
                .map(Jid::of)
                .distinct()
                .toList();
    }

    private static boolean belongs(Jid account, Invocation call) {
        return isAccount(account) && account.domain().equals(call.responder().domain());
    }

    private static boolean isAccount(Jid jid) {
        return jid.isBare() && !jid.isDomain();
    }

    private static Step notOfDomain(Jid jid, Invocation call) {
        return refused(
                Condition.NOT_ACCEPTABLE, "'%s' is no account here, accounts are local@%s", jid, call.responder());
    }

    private static Step noAccount(Jid account) {
        return refused(Condition.ITEM_NOT_FOUND, "there is no account '%s'", account);
    }

    private static Step logged(Invocation call, String command, Jid subject, Step step) {
        LOG.info("event=admin-command command={} subject={} by={}", command, subject, call.requester());
        return step;
    }
}
