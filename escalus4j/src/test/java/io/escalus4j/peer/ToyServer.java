package io.escalus4j.peer;

import io.escalus4j.RemoteServer;
import io.escalus4j.exml.Element;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.User;
import io.escalus4j.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;

/**
 * Just enough of a server to tell stories on: PLAIN, bind, presence to oneself and to friends, messages, pings, in-band
 * registration. A quirk sees every stanza first and may do something else with it. Thread-safe.
 */
public final class ToyServer implements AutoCloseable {
    static final String CLIENT = "jabber:client";
    private final ServerSocket listener;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Set<String> friends = ConcurrentHashMap.newKeySet();
    private final List<ToySession> sessions = new CopyOnWriteArrayList<>();
    private final List<String> everybody = new CopyOnWriteArrayList<>();
    private final List<BiPredicate<ToySession, Element>> quirks = new CopyOnWriteArrayList<>();

    private ToyServer(ServerSocket listener) {
        this.listener = listener;
    }

    public static ToyServer start() throws IOException {
        var server = new ToyServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        daemon("toy-server", server::accept);
        return server;
    }

    static void daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                var session = new ToySession(this, socket);
                sessions.add(session);
                daemon("toy-session", session::run);
            }
        } catch (IOException closed) {
            // the end
        }
    }

    /** Users are made by hand of the server. */
    public RemoteServer handle() {
        return inBand().withProvisioner(Provisioner.of(this::create, this::delete));
    }

    /** Users register in band. */
    public RemoteServer inBand() {
        return RemoteServer.at("localhost", new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()))
                .withTls(Tls.OFF);
    }

    /** From now on; returns whether the stanza was dealt with. */
    public ToyServer quirk(BiPredicate<ToySession, Element> quirk) {
        quirks.add(quirk);
        return this;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sessions.forEach(ToySession::drop);
    }

    // ---- accounts

    private void create(User user) {
        if (!register(user.jid().local(), user.password())) {
            throw new IllegalStateException("there is a " + user.jid());
        }
    }

    private void delete(User user) {
        remove(user.jid().local());
    }

    boolean register(String local, String password) {
        everybody.add(local);
        return passwords.putIfAbsent(local, password) == null;
    }

    void remove(String local) {
        passwords.remove(local);
    }

    boolean knows(String local, String password) {
        return password.equals(passwords.get(local));
    }

    /** Who has an account now. */
    public Set<String> accounts() {
        return Set.copyOf(passwords.keySet());
    }

    /** Who ever had one, in order. */
    public List<String> allAccounts() {
        return List.copyOf(everybody);
    }

    /** Connections that are open now. */
    public List<ToySession> sessions() {
        return List.copyOf(sessions);
    }

    void gone(ToySession session) {
        sessions.remove(session);
    }

    // ---- stanzas

    void handle(ToySession from, Element stanza) {
        for (var quirk : quirks) {
            if (quirk.test(from, stanza)) {
                return;
            }
        }
        String to = stanza.attribute("to", "");
        switch (stanza.name()) {
            case "presence" -> presence(from, stanza, to);
            case "iq" -> iq(from, stanza, to);
            default -> route(from, stanza, to);
        }
    }

    private void presence(ToySession from, Element stanza, String to) {
        if (to.isEmpty()) {
            from.available(stanza.attribute("type").isEmpty());
            sessions.stream()
                    .filter(other -> other.bare().equals(from.bare()) || areFriends(other, from))
                    .forEach(other -> other.send(stanza.with("from", from.jid()).with("to", other.jid())));
            return;
        }
        if (stanza.attribute("type", "").equals("subscribed")) {
            friends.add(to + ' ' + from.bare());
        }
        sessions.stream()
                .filter(other -> other.bare().equals(to))
                .forEach(other -> other.send(stanza.with("from", from.bare())));
        if (stanza.attribute("type", "").equals("subscribed")) {
            show(from.bare(), to);
        }
    }

    /** An approval is followed by the presence that it lets see. */
    private void show(String whom, String to) {
        List<ToySession> shown = sessions.stream()
                .filter(one -> one.bare().equals(whom) && one.isAvailable())
                .toList();
        sessions.stream()
                .filter(other -> other.bare().equals(to))
                .forEach(other -> shown.forEach(
                        one -> other.send(Element.of("presence", CLIENT).with("from", one.jid()))));
    }

    private boolean areFriends(ToySession one, ToySession other) {
        return friends.contains(one.bare() + ' ' + other.bare());
    }

    private void iq(ToySession from, Element iq, String to) {
        boolean ping = iq.has("ping", "urn:xmpp:ping");
        if (to.equals("localhost") && ping) {
            from.send(answer(iq, "result").with("from", to));
        } else if (to.contains("/")) {
            route(from, iq, to);
        } else if (iq.attribute("type", "").equals("get")) {
            from.send(answer(iq, "error").with("from", iq.attribute("to")).with(error("service-unavailable")));
        }
    }

    /** Forwards to the resource, or to all of the account. */
    public void route(ToySession from, Element stanza, String to) {
        List<ToySession> found = sessions.stream()
                .filter(session -> session.jid().equals(to) || session.bare().equals(to) && session.isAvailable())
                .toList();
        found.forEach(session -> session.send(stanza.with("from", from.jid())));
        if (found.isEmpty() && !stanza.attribute("type", "").equals("error")) {
            from.send(
                    stanza.without("to").with("from", to).with("type", "error").with(error("service-unavailable")));
        }
    }

    static Element answer(Element iq, String type) {
        return Element.of("iq", CLIENT).with("type", type).with("id", iq.attribute("id", ""));
    }

    static Element error(String condition) {
        return Element.of("error", CLIENT)
                .with("type", "cancel")
                .with(Element.of(condition, "urn:ietf:params:xml:ns:xmpp-stanzas"));
    }
}
