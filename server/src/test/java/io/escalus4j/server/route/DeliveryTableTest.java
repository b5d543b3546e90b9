package io.escalus4j.server.route;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 6121 section 8.5.4, table 1, cell by cell: what becomes of a message to bob, who has the resources of a row.
 *
 * <p>In a cell stand the letters of the RFC: O stored, E refused, S ignored, D, M or A delivered, here to the resources
 * that are named.
 */
class DeliveryTableTest {
    /** Stands for offline storage: takes what nobody is there for. */
    private static final class Storage implements Module {
        private final List<Element> stored = new ArrayList<>();

        @Override
        public Xep xep() {
            return new Xep(160, "Storage", "0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(Hook.UNDELIVERED, Phase.DELIVER, undelivered -> {
                stored.add(undelivered.message().element());
                return Verdict.stop();
            });
        }
    }

    private static final String TABLE = """
            account does not exist
              bare          | E      | E      | E | S      | S
              gone          | E      | E      | E | S      | S
            account exists, but no active resources
              bare          | O      | O      | E | S      | S
              gone          | E      | O      | E | S      | S
            connected=none
              bare          | O      | O      | E | S      | S
              connected     | D connected | D connected | D connected | D connected | D connected
              gone          | E      | O      | E | S      | S
            printer=-1
              bare          | O      | O      | E | S      | S
              printer       | D printer | D printer | D printer | D printer | D printer
              gone          | E      | O      | E | S      | S
            phone=0
              bare          | D phone | D phone | E | D phone | S
              phone         | D phone | D phone | D phone | D phone | D phone
              gone          | E      | D phone | E | S     | S
            phone=1 desk=5 printer=-1
              bare          | D desk | D desk | E | D desk phone | S
              phone         | D phone | D phone | D phone | D phone | D phone
              printer       | D printer | D printer | D printer | D printer | D printer
              gone          | E      | D desk | E | S      | S
            phone=3 desk=3
              bare          | D desk phone | D desk phone | E | D desk phone | S
              gone          | E      | D desk phone | E | S | S
            """;

    private static final List<String> TYPES = List.of("normal", "chat", "groupchat", "headline", "error");

    static Stream<Arguments> cells() {
        var cells = new ArrayList<Arguments>();
        String condition = "";
        for (String line : TABLE.lines().toList()) {
            if (!line.startsWith(" ")) {
                condition = line;
                continue;
            }
            String[] columns = line.strip().split("\\s*\\|\\s*");
            for (int i = 0; i < TYPES.size(); i++) {
                cells.add(Arguments.of(condition, columns[0].strip(), TYPES.get(i), columns[i + 1]));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}: {2} to {1}: {3}")
    @MethodSource("cells")
    void a_message_goes_where_the_table_says(String condition, String to, String type, String wanted) {
        var storage = new Storage();
        try (var world = world(storage)) {
            var bob = resources(world, condition);
            var alice = world.connect("alice@localhost/home");

            alice.sends(message(type, to));

            assertThat(outcome(storage, alice, bob)).isEqualTo(wanted);
        }
    }

    private static World world(Module storage) {
        Function<ServerContext, Module> im = context -> new InstantMessaging(context, ImConfig.STANDARD);
        return World.of(im, context -> storage);
    }

    private static Map<String, TestSession> resources(World world, String condition) {
        var sessions = new TreeMap<String, TestSession>();
        if (condition.equals("account exists, but no active resources")) {
            world.account("bob@localhost");
        }
        Stream.of(condition.split(" ")).filter(part -> part.contains("=")).forEach(part -> {
            String[] named = part.split("=");
            sessions.put(named[0], resource(world, named[0], named[1]));
        });
        sessions.values().forEach(TestSession::received);
        return sessions;
    }

    private static TestSession resource(World world, String name, String priority) {
        var session = world.connect("bob@localhost/" + name);
        return priority.equals("none")
                ? session
                : session.sends("<presence><priority>" + priority + "</priority></presence>");
    }

    private static String message(String type, String to) {
        String address = to.equals("bare") ? "bob@localhost" : "bob@localhost/" + to;
        return "<message to='%s' type='%s'><body>Hi</body></message>".formatted(address, type);
    }

    private static String outcome(Storage storage, TestSession alice, Map<String, TestSession> bob) {
        var delivered = bob.entrySet().stream()
                .filter(entry -> !entry.getValue().received().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        var answers = alice.received();
        var outcome = new ArrayList<String>();
        if (!storage.stored.isEmpty()) {
            outcome.add("O");
        }
        if (answers.stream().anyMatch(DeliveryTableTest::isServiceUnavailable)) {
            outcome.add("E");
        }
        if (!delivered.isEmpty()) {
            outcome.add("D " + String.join(" ", delivered));
        }
        return outcome.isEmpty() ? "S" : String.join("+", outcome);
    }

    private static boolean isServiceUnavailable(Element answer) {
        return answer.attribute("type", "").equals("error")
                && answer.child("error")
                        .filter(error -> error.has("service-unavailable", "urn:ietf:params:xml:ns:xmpp-stanzas"))
                        .isPresent();
    }

    @Test
    void a_message_keeps_the_address_that_it_was_sent_to() {
        try (var world = world(new Storage())) {
            var bob = world.login("bob@localhost/phone");

            world.connect("alice@localhost/home").sends(message("chat", "bare")).sends(message("chat", "gone"));

            assertThat(bob.received())
                    .extracting(message -> message.attribute("to", ""))
                    .containsExactly("bob@localhost", "bob@localhost/gone");
        }
    }

    // ---- IQ: sections 8.5.1, 8.5.2.1.3, 8.5.2.2.3 and 8.5.3

    private static final String IQ_TABLE = """
            none                      | bare  | service-unavailable
            none                      | gone  | service-unavailable
            account                   | bare  | service-unavailable
            account                   | gone  | service-unavailable
            phone=0                   | bare  | service-unavailable
            phone=0                   | gone  | service-unavailable
            phone=0                   | phone | phone
            connected=none            | connected | connected
            """;

    static Stream<Arguments> iqCells() {
        return IQ_TABLE.lines()
                .map(line -> line.strip().split("\\s*\\|\\s*"))
                .map(cell -> Arguments.of((Object[]) cell));
    }

    @ParameterizedTest(name = "{0}: iq to {1}: {2}")
    @MethodSource("iqCells")
    void a_request_goes_to_a_full_jid_or_is_answered_by_the_server(String condition, String to, String wanted) {
        try (var world = world(new Storage())) {
            var bob = resources(
                    world, condition.equals("account") ? "account exists, but no active resources" : condition);
            var alice = world.connect("alice@localhost/home");
            String address = to.equals("bare") ? "bob@localhost" : "bob@localhost/" + to;

            alice.sends("<iq type='get' id='1' to='%s'><query xmlns='urn:unknown'/></iq>".formatted(address));

            var answers = alice.received();
            if (wanted.equals("service-unavailable")) {
                assertThat(answers).hasSize(1).allMatch(DeliveryTableTest::isServiceUnavailable);
                bob.values().forEach(session -> assertThat(session.received()).isEmpty());
            } else {
                assertThat(answers).isEmpty();
                assertThat(bob.get(wanted).received()).hasSize(1);
            }
        }
    }

    @Test
    void an_answer_to_nobodys_request_is_dropped() {
        try (var world = world(new Storage())) {
            var bob = world.login("bob@localhost/phone");
            var alice = world.connect("alice@localhost/home");
            for (String to : List.of("bob@localhost", "bob@localhost/gone", "nobody@localhost", "alice@localhost")) {
                alice.sends("<iq type='result' id='1' to='%s'/>".formatted(to));
                alice.sends("<iq type='error' id='2' to='%s'/>".formatted(to));
            }

            assertThat(alice.received()).isEmpty();
            assertThat(bob.received()).isEmpty();
        }
    }

    @Test
    void what_is_the_owners_alone_is_forbidden_to_others_whether_there_is_an_owner_or_not() {
        try (var world = world(new Storage())) {
            world.account("bob@localhost");
            var alice = world.connect("alice@localhost/home");

            alice.sends("<iq type='get' id='1' to='bob@localhost'><query xmlns='jabber:iq:roster'/></iq>");
            alice.sends("<iq type='get' id='2' to='nobody@localhost'><query xmlns='jabber:iq:roster'/></iq>");

            assertThat(alice.received())
                    .extracting(answer -> answer.child("error")
                            .flatMap(Element::firstElement)
                            .map(Element::name)
                            .orElse("none"))
                    .containsExactly("forbidden", "forbidden");
        }
    }

    // ---- presence: sections 8.5.1, 8.5.2.1.2, 8.5.2.2.2 and 8.5.3

    @ParameterizedTest(name = "presence of type [{0}]")
    @MethodSource("plainPresence")
    void presence_reaches_all_available_resources_or_the_one_that_it_is_for(String type) {
        try (var world = world(new Storage())) {
            var bob = resources(world, "phone=0 printer=-1 connected=none");
            var alice = world.connect("alice@localhost/home");
            String presence = type.isEmpty() ? "<presence to='%s'/>" : "<presence type='" + type + "' to='%s'/>";

            alice.sends(presence.formatted("bob@localhost"));
            assertThat(names(bob)).containsExactly("phone", "printer");

            alice.sends(presence.formatted("bob@localhost/connected"));
            assertThat(names(bob)).containsExactly("connected");

            alice.sends(presence.formatted("bob@localhost/gone")).sends(presence.formatted("nobody@localhost"));
            assertThat(names(bob)).isEmpty();
            assertThat(alice.received()).isEmpty();
        }
    }

    static Stream<String> plainPresence() {
        return Stream.of("", "unavailable");
    }

    private static List<String> names(Map<String, TestSession> sessions) {
        return sessions.entrySet().stream()
                .filter(entry -> !entry.getValue().received().isEmpty())
                .map(entry -> entry.getKey().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void an_error_to_a_request_that_the_server_made_for_an_account_comes_to_its_available_resources() {
        try (var world = world(new Storage())) {
            var phone = world.login("alice@localhost/phone");
            var desk = world.login("alice@localhost/desk");
            phone.received();

            phone.sends("<presence type='subscribe' id='s1' to='kate@nowhere.invalid'/>");

            var error = xml("""
                    <presence type='error' id='s1' from='kate@nowhere.invalid' to='alice@localhost'>
                      <error type='cancel'>\
                    <remote-server-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>\
                    <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>'nowhere.invalid' is not served here</text>\
                    </error></presence>""".replace("\n  ", ""));
            assertThat(phone.received()).contains(error);
            assertThat(desk.received()).contains(error);
        }
    }
}
