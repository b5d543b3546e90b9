package io.escalus4j;

import io.escalus4j.control.WhiteBox;
import io.escalus4j.history.History;
import io.escalus4j.users.FreshNames;
import io.escalus4j.users.Role;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.opentest4j.TestAbortedException;

/**
 * A story while it is told: its fresh users, its clients and its history. Thread-safe.
 *
 * <pre>{@code
 * User alice = scene.user("alice");                                        // has an account, nobody is connected
 * Client phone = scene.client("alice/phone");                              // connected and available
 * Client old = scene.connect("alice2", to -> to.withMechanism("PLAIN"));   // connected in another way, not available
 * }</pre>
 *
 * <p>Whatever it has made it removes in the end.
 */
public final class Scene {
    private final ServerHandle server;
    private final Telling telling;
    private final FreshNames names;
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final boolean present;
    private final Map<String, Component> components = new HashMap<>();
    private final Optional<WhiteBox> whiteBox;

    private Scene(ServerHandle server, Telling telling, boolean present) {
        this.server = server;
        this.telling = telling;
        this.names = FreshNames.of(telling.name());
        this.present = present;
        this.whiteBox = server.insight()
                .map(inside -> WhiteBox.open(
                        inside,
                        new WhiteBox.Story(
                                telling.name(),
                                names.run(),
                                this::account,
                                telling.settings().timeout(),
                                this::note)));
    }

    /** Opens a scene by hand; who does must {@link #end} it. */
    public static Scene open(ServerHandle server, Settings settings, String story, Optional<Path> diagram) {
        return open(server, settings, story, diagram, true);
    }

    static Scene open(ServerHandle server, Settings settings, String story, Optional<Path> diagram, boolean present) {
        Optional<Path> kept = diagram.filter(file -> settings.history() != Settings.Keep.NEVER);
        return new Scene(server, new Telling(story, settings, kept, server.quiescence()), present);
    }

    public String name() {
        return telling.name();
    }

    public ServerHandle server() {
        return server;
    }

    public Settings settings() {
        return telling.settings();
    }

    public History history() {
        return telling.history();
    }

    Telling telling() {
        return telling;
    }

    /** Words for the history. */
    public void note(String text) {
        telling.history().note("", text);
    }

    /**
     * The server's time, if this story owns it.
     *
     * @throws IllegalStateException if it does not
     */
    public Time time() {
        return server.clockwork()
                .map(clockwork -> new Time(telling, clockwork))
                .orElseThrow(() -> new IllegalStateException(
                        "the time of this server is not the story's, take a parameter 'Time time'"));
    }

    // ---- the inside of the server

    /** The inside of the server, if it lets one look there. */
    public Optional<WhiteBox> whiteBox() {
        return whiteBox;
    }

    /** A line that the server is going to log, as {@link io.escalus4j.junit.ExpectedLog} says it. */
    public void expectLog(String regex) {
        whiteBox.ifPresent(inside -> inside.expectLog(regex));
    }

    private String account(String user) {
        return Optional.ofNullable(users.get(user))
                .map(User::address)
                .orElseThrow(() -> new IllegalArgumentException(
                        "nobody in this story is called '%s', there are %s".formatted(user, users.keySet())));
    }

    // ---- users

    /** The user whom this story calls so; the account is made when it is asked for first. */
    public User user(String name) {
        return users(List.of(name)).get(0);
    }

    /** Those whose accounts exist. */
    List<User> users() {
        return List.copyOf(users.values());
    }

    private synchronized List<User> users(Collection<String> wanted) {
        Together.all(wanted.stream()
                .distinct()
                .filter(name -> !users.containsKey(name))
                .map(this::creation)
                .toList());
        return wanted.stream().map(users::get).toList();
    }

    private Callable<User> creation(String name) {
        return () -> {
            User user = server.provisioner().cast(name, server.domain(), names);
            server.provisioner().create(user);
            users.put(name, user);
            telling.history().names().add(user.address(), name);
            return user;
        };
    }

    // ---- clients

    /** The client of this name, connected and available; it connects when it is asked for first, or when it is gone. */
    public Client client(String name) {
        return clients(List.of(name)).get(0);
    }

    /** All of them; those who are not there yet connect at the same time. */
    public List<Client> clients(List<String> wanted) {
        List<Role> roles = wanted.stream().map(Role::of).toList();
        users(roles.stream().map(Role::user).toList());
        List<Client> joined = Together.all(roles.stream()
                .distinct()
                .filter(role -> present(role.name()).isEmpty())
                .<Callable<Client>>map(role -> () -> connect(role, UnaryOperator.identity()))
                .toList());
        if (present) {
            new Arrival(telling).of(joined);
        }
        return wanted.stream().map(name -> present(name).orElseThrow()).toList();
    }

    private Optional<Client> present(String name) {
        return telling.clients().stream()
                .filter(client -> client.name().equals(name) && client.isLive())
                .findFirst();
    }

    /** Connects a client in a way of your own; it sends no presence. */
    public Client connect(String name, UnaryOperator<ConnectionSettings> change) {
        return connect(Role.of(name), change);
    }

    private Client connect(Role role, UnaryOperator<ConnectionSettings> change) {
        User user = user(role.user());
        ConnectionSettings settings = way().withCredentials(user.jid().local(), user.password())
                .withResource(role.resource())
                .withTimeout(telling.settings().connectTimeout());
        return Client.connect(role.name(), secured(change.apply(settings)), telling);
    }

    /** On a port of its own TLS comes first, or never: what a story wants is there already, or it does not apply. */
    private static ConnectionSettings secured(ConnectionSettings settings) {
        Transport way = settings.transport();
        boolean settled = way.isOverHttp() || way.tls() == Tls.DIRECT;
        if (!settled || settings.tls() == way.tls()) {
            return settings;
        }
        if (settings.tls() != Tls.OPTIONAL && (settings.tls() == Tls.OFF || way.tls() == Tls.OFF)) {
            throw new TestAbortedException("not applicable over %s: the story wants it %s"
                    .formatted(way, settings.tls() == Tls.OFF ? "in the clear" : "encrypted"));
        }
        return settings.withTls(way.tls());
    }

    private ConnectionSettings way() {
        return settings().transport().map(server::connection).orElseGet(server::connection);
    }

    /** Connects a client another way than the settings say; it sends no presence. */
    public Client connect(String name, Transport transport) {
        return connect(
                name,
                settings -> settings.withAddress(server.connection(transport).address())
                        .withTransport(transport));
    }

    /** Connects a client whose stream is managed and can be resumed (XEP-0198); it sends no presence. */
    public Client connectManaged(String name) {
        return connect(name, settings -> {
            var steps = new ArrayList<>(settings.steps());
            steps.add(Steps.streamManagement(true));
            return settings.withSteps(steps);
        });
    }

    /**
     * A component of this name, which serves a domain of its own; it connects when it is asked for first.
     *
     * @throws IllegalStateException if the server takes no components
     */
    public synchronized Component component(String name) {
        return components.computeIfAbsent(name, this::connectComponent);
    }

    private Component connectComponent(String name) {
        ComponentDoor door = server.components()
                .orElseThrow(() -> new IllegalStateException("the server takes no components (XEP-0114)"));
        String domain = "%s-%s.%s".formatted(name, names.run(), door.below());
        var settings = ConnectionSettings.to(domain, door.address())
                .withTimeout(telling.settings().connectTimeout())
                .asComponent(door.secret());
        return Component.connect(name, settings, telling);
    }

    /** Goes on with the session of a client that has lost its connection, see {@link Client#resume()}. */
    public Client resume(Client gone) {
        return gone.resume();
    }

    /** Goes on with the session of a client that has lost its connection, over another way. */
    public Client resume(Client gone, Transport over) {
        return gone.resume(server.connection(over));
    }

    /** Makes these users contacts of each other, both ways; each must have a client that is available. */
    public void befriend(List<String> names) {
        new Friendship(this, telling).among(names);
    }

    // ---- the end

    /**
     * Ends the story: checks that nothing is left unread, closes all clients, removes all users, and writes the sequence
     * diagram if the settings want it.
     *
     * @param failure why the story failed, if it did
     * @return the same failure with the report attached, or what the checks at the end have found
     */
    public Optional<Throwable> end(Optional<Throwable> failure) {
        return new Curtain(this).fall(failure);
    }
}
