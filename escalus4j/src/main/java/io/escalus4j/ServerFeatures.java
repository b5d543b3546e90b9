package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matchers;
import io.escalus4j.stanza.ArchiveBuilders;
import io.escalus4j.stanza.ExtensionBuilders;
import io.escalus4j.stanza.MucBuilders;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.ConnectionStep;
import io.escalus4j.wire.Features;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server says that it can: its stream features, and what service discovery (XEP-0030) tells of the domain, of an
 * account with its archive, of the services and of a new room of multi-user chat. Immutable.
 *
 * <pre>{@code
 * ServerFeatures features = ServerFeatures.probe(server, settings);
 * features.require("urn:xmpp:mam:2");                          // or the story is not applicable
 * features.require("muc#roomconfig_moderatedroom");            // what the form of a room has a field for
 * Jid rooms = features.service("http://jabber.org/protocol/muc").orElseThrow();
 * }</pre>
 *
 * @param software by XEP-0092; {@code unknown} if it does not say
 * @param stream the namespaces of what is offered on a stream, before and after authentication
 * @param services the features of each item of the domain
 * @param room the features of a new room, and the fields of the form by which it is configured (XEP-0045 section 10.1.3)
 */
public record ServerFeatures(
        Software software,
        Set<String> stream,
        Set<String> domain,
        Set<String> account,
        Map<Jid, Set<String>> services,
        Set<String> room) {
    private static final String INFO = "http://jabber.org/protocol/disco#info";
    private static final String ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String MAM = "urn:xmpp:mam:2";
    private static final String MUC = "http://jabber.org/protocol/muc";
    private static final String FORM = "jabber:x:data";
    private static final String VERSION = "jabber:iq:version";
    private static final int MOST_SERVICES = 32;

    /** For example {@code ejabberd 23.01}. */
    public record Software(String name, String version) {
        static final Software UNKNOWN = new Software("unknown", "");

        @Override
        public String toString() {
            return (name + ' ' + version).strip();
        }
    }

    public ServerFeatures {
        stream = Set.copyOf(stream);
        domain = Set.copyOf(domain);
        account = Set.copyOf(account);
        services = Map.copyOf(services);
        room = Set.copyOf(room);
    }

    /** Asks the server, as a fresh user who is removed again. */
    public static ServerFeatures probe(ServerHandle server, Settings settings) {
        Scene scene = Scene.open(server, settings, "features", Optional.empty(), false);
        var failure = Optional.<Throwable>empty();
        try {
            return probe(scene);
        } catch (RuntimeException | AssertionError e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            scene.end(failure);
        }
    }

    private static ServerFeatures probe(Scene scene) {
        var offered = new TreeSet<String>();
        Client asker = scene.connect("asker", settings -> noting(settings, offered));
        String domain = scene.server().domain();
        var services = new TreeMap<Jid, Set<String>>((a, b) -> a.toString().compareTo(b.toString()));
        items(asker, domain).forEach(item -> services.put(item, features(asker, item)));
        return new ServerFeatures(
                software(asker, domain),
                offered,
                features(asker, domain),
                account(asker),
                services,
                having(services, MUC).map(rooms -> room(asker, rooms)).orElse(Set.of()));
    }

    // ---- asking

    /** Notes what is offered after each step, and what may come along with another (XEP-0388 section 2.1). */
    private static ConnectionSettings noting(ConnectionSettings settings, Collection<String> offered) {
        var steps = new ArrayList<ConnectionStep>();
        for (ConnectionStep step : settings.steps()) {
            steps.add(step);
            steps.add(ConnectionStep.of("note the features", (connection, features) -> noted(features, offered)));
        }
        return settings.withSteps(steps);
    }

    private static Features noted(Features features, Collection<String> offered) {
        features.element().elements().forEach(feature -> {
            offered.add(feature.namespace());
            feature.child("inline")
                    .ifPresent(inline -> inline.elements().forEach(inside -> offered.add(inside.namespace())));
        });
        return features;
    }

    private static Set<String> features(Client asker, Object of) {
        var features = new TreeSet<String>();
        answer(asker, ExtensionBuilders.getDiscoInfo(of), "query", INFO)
                .ifPresent(query ->
                        query.elements("feature", INFO).forEach(feature -> features.add(feature.attribute("var", ""))));
        return features;
    }

    /** The fields by which its archive can be searched are in Clark notation: {@code {urn:xmpp:mam:2}with}. */
    private static Set<String> account(Client asker) {
        var offered = new TreeSet<>(features(asker, asker.account()));
        fields(asker, ArchiveBuilders.getArchiveFields(), MAM).stream()
                .map(field -> field.startsWith("{") ? field : "{%s}%s".formatted(MAM, field))
                .forEach(offered::add);
        return offered;
    }

    /** Of a room that is made for this and destroyed again; empty if the service lets the asker make none. */
    private static Set<String> room(Client asker, Jid service) {
        String room = asker.account().local() + '@' + service;
        asker.ignore(Matchers.anyStanza().fromAnyResourceOf(room));
        asker.send(MucBuilders.enterRoom(room, asker.name()));
        var offered = new TreeSet<>(fields(asker, MucBuilders.getRoomConfiguration(room), MUC + "#owner"));
        if (offered.isEmpty()) {
            return Set.of();
        }
        asker.request(MucBuilders.acceptRoomDefaults(room));
        offered.addAll(features(asker, room));
        asker.request(MucBuilders.destroyRoom(room, ""));
        return offered;
    }

    private static List<String> fields(Client asker, Element request, String namespace) {
        return answer(asker, request, "query", namespace).stream()
                .flatMap(query -> query.child("x", FORM).stream())
                .flatMap(form -> form.elements("field", FORM).stream())
                .flatMap(field -> field.attribute("var").stream())
                .toList();
    }

    private static List<Jid> items(Client asker, String domain) {
        return answer(asker, ExtensionBuilders.getDiscoItems(domain), "query", ITEMS).stream()
                .flatMap(query -> query.elements("item", ITEMS).stream())
                .filter(item -> item.attribute("node").isEmpty())
                .flatMap(item -> item.attribute("jid").stream())
                .limit(MOST_SERVICES)
                .map(Jid::of)
                .filter(jid -> jid.local().isEmpty())
                .toList();
    }

    private static Software software(Client asker, String domain) {
        return answer(asker, ExtensionBuilders.getVersion(domain), "query", VERSION)
                .map(query -> new Software(
                        query.childText("name").orElse("unknown"),
                        query.childText("version").orElse("")))
                .orElse(Software.UNKNOWN);
    }

    /** Empty if it is an error: then there is nothing of the kind. */
    private static Optional<Element> answer(Client asker, Element request, String name, String namespace) {
        return Optional.of(asker.request(request))
                .filter(answer -> answer.attribute("type", "").equals("result"))
                .flatMap(answer -> answer.child(name, namespace));
    }

    // ---- having

    /** Whether the feature is offered on a stream, by the domain, by an account, by a service or by its rooms. */
    public boolean has(String feature) {
        return stream.contains(feature)
                || domain.contains(feature)
                || account.contains(feature)
                || room.contains(feature)
                || service(feature).isPresent();
    }

    /** The service that has the feature, for example the rooms with {@code http://jabber.org/protocol/muc}. */
    public Optional<Jid> service(String feature) {
        return having(services, feature);
    }

    private static Optional<Jid> having(Map<Jid, Set<String>> services, String feature) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().contains(feature))
                .map(Map.Entry::getKey)
                .min((a, b) -> a.toString().compareTo(b.toString()));
    }

    /** @throws NotApplicable if the server does not have them all */
    public void require(String... features) {
        List<String> missing =
                List.of(features).stream().filter(feature -> !has(feature)).toList();
        if (!missing.isEmpty()) {
            throw NotApplicable.because("%s does not offer %s", software, String.join(", ", missing));
        }
    }
}
