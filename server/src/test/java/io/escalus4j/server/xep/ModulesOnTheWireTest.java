package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.RawClient;
import io.escalus4j.server.ServerBuilder;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The modules as a client meets them, on the bytes of a real connection. */
class ModulesOnTheWireTest {
    private static final String REGISTER_FEATURE = "<register xmlns='http://jabber.org/features/iq-register'/>";
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");

    @Test
    void a_stranger_registers_and_logs_in_on_the_same_stream() {
        try (var server = forTests().start();
                var bill = RawClient.to(server)) {
            assertThat(bill.open()).contains(REGISTER_FEATURE);
            assertThat(bill.send(register("get", "")).expect("</iq>"))
                    .startsWith("<iq type='result' id='r' from='localhost'><query xmlns='jabber:iq:register'>"
                            + "<instructions>Choose a username and password for use with this service.</instructions>"
                            + "<username/><password/>");
            assertThat(bill.send(register("set", credentials("bill", "Calliope")))
                            .expect(">"))
                    .isEqualTo("<iq type='result' id='r' from='localhost'/>");

            bill.authenticate("bill", "Calliope");
            assertThat(bill.bind("globe")).isEqualTo("bill@localhost/globe");
        }
    }

    @Test
    void a_name_that_is_taken_is_a_conflict_and_the_stream_goes_on() {
        try (var server = forTests().start();
                var bill = RawClient.to(server)) {
            now(server.accounts().create(ALICE, "secret"));
            bill.open();
            assertThat(bill.send(register("set", credentials("alice", "m1cro$oft")))
                            .expect("</iq>"))
                    .contains("type='error'", "<conflict ")
                    .doesNotContain("m1cro$oft");
            assertThat(bill.send(register("set", credentials("bill", "Calliope")))
                            .expect(">"))
                    .contains("type='result'");
        }
    }

    @Test
    void anything_else_before_authentication_still_ends_the_stream() {
        try (var server = forTests().start();
                var bill = RawClient.to(server)) {
            bill.open();
            bill.send("<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
            assertThat(bill.expectEnd()).contains("<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'");
        }
    }

    @Test
    void by_standard_a_server_in_production_registers_nobody() {
        try (var server = production().start();
                var bill = RawClient.secured(server)) {
            assertThat(bill.send(register("set", credentials("bill", "Calliope")))
                            .expect("</iq>"))
                    .contains("<service-unavailable ");
            assertThat(exists(server, "bill@localhost")).isFalse();
        }
    }

    @Test
    void where_production_registers_it_does_so_over_tls_only() {
        var open = new InBandRegistration.Config(true, true, true, 1, Duration.ofHours(1));
        try (var server = production().module("registration", open).start();
                var bill = RawClient.to(server)) {
            assertThat(bill.open()).doesNotContain("iq-register");
            bill.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").expect("<proceed");
            bill.expect(">");
            bill.startTls(server.certificate());
            assertThat(bill.open()).contains(REGISTER_FEATURE);
            assertThat(bill.send(register("set", credentials("bill", "Calliope")))
                            .expect(">"))
                    .contains("type='result'");
            assertThat(bill.send(register("set", credentials("will", "Calliope")))
                            .expect("</iq>"))
                    .contains("<not-acceptable ", "too many attempts");
        }
    }

    @Test
    void a_changed_password_is_the_one_that_counts() {
        try (var server = forTests().start()) {
            now(server.accounts().create(ALICE, "old"));
            try (var alice = login(server, "alice", "old", "phone")) {
                assertThat(alice.send(register("set", credentials("alice", "new")))
                                .expect(">"))
                        .contains("type='result'");
            }
            try (var late = RawClient.to(server)) {
                late.open();
                late.send(RawClient.plain("alice", "old")).expect("<not-authorized");
            }
            try (var alice = login(server, "alice", "new", "phone")) {
                assertThat(alice.send(PING).expect(">")).contains("type='result'");
            }
        }
    }

    @Test
    void a_cancelled_account_is_answered_then_cut_off_and_gone() {
        try (var server = forTests().start()) {
            now(server.accounts().create(ALICE, "secret"));
            try (var phone = login(server, "alice", "secret", "phone");
                    var laptop = login(server, "alice", "secret", "laptop")) {
                phone.send(register("set", "<remove/>"));
                assertThat(phone.expectEnd())
                        .startsWith(
                                "<iq type='result' id='r' to='alice@localhost/phone'/><stream:error><not-authorized ")
                        .endsWith("</stream:stream>");
                assertThat(laptop.expectEnd()).startsWith("<stream:error><not-authorized ");
            }
            assertThat(exists(server, "alice@localhost")).isFalse();
            try (var late = RawClient.to(server)) {
                late.open();
                late.send(RawClient.plain("alice", "secret")).expect("<not-authorized");
            }
        }
    }

    @Test
    void an_admin_adds_a_user_who_then_logs_in() {
        try (var server = forTests().admin(ALICE).start()) {
            now(server.accounts().create(ALICE, "secret"));
            try (var alice = login(server, "alice", "secret", "phone")) {
                String form = alice.send(command("add-user", "", "")).expect("</iq>");
                assertThat(form).contains("status='executing'", "<title>Adding a User</title>");
                String session = form.replaceAll("(?s).*sessionid='([^']+)'.*", "$1");
                var fields = field("accountjid", "romeo@localhost") + field("password", "R0m30");
                assertThat(alice.send(command("add-user", " sessionid='" + session + "'", fields))
                                .expect("</iq>"))
                        .contains("status='completed'");
            }
            try (var romeo = login(server, "romeo", "R0m30", "orchard")) {
                assertThat(romeo.send(command("add-user", "", "")).expect("</iq>"))
                        .contains("<forbidden ");
            }
        }
    }

    @Test
    void the_domain_tells_all_that_it_can() {
        try (var server = forTests().start()) {
            now(server.accounts().create(ALICE, "secret"));
            try (var alice = login(server, "alice", "secret", "phone")) {
                String info = alice.send(
                                "<iq type='get' id='d' to='localhost'><query xmlns='" + Disco.INFO + "'/></iq>")
                        .expect("</iq>");
                assertThat(info).contains("<identity category='server' type='im' name='escalus4j'/>");
                for (String feature : new String[] {
                    Disco.INFO,
                    Disco.ITEMS,
                    Ping.NS,
                    EntityTime.NS,
                    SoftwareVersion.NS,
                    LastActivity.NS,
                    InBandRegistration.NS,
                    PrivateStorage.NS,
                    VCard.NS,
                    AdHoc.NS
                }) {
                    assertThat(info).contains("<feature var='" + feature + "'/>");
                }
            }
        }
    }

    @Test
    void who_left_is_known_by_the_last_words() {
        try (var server = forTests().start()) {
            now(server.accounts().create(ALICE, "secret"));
            now(server.accounts().create(BOB, "secret"));
            now(server.context().stores().rosters().update(BOB, ALICE, none -> Optional.of(subscribed(ALICE))));
            try (var bob = login(server, "bob", "secret", "desk")) {
                bob.send(
                        "<presence/><presence type='unavailable'><status>Heading Home</status></presence></stream:stream>");
                bob.expectEnd();
            }
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
            try (var alice = login(server, "alice", "secret", "phone")) {
                assertThat(alice.send("<iq type='get' id='l' to='bob@localhost'><query xmlns='jabber:iq:last'/></iq>")
                                .expect("</iq>"))
                        .containsPattern("<query xmlns='jabber:iq:last' seconds='\\d+'>Heading Home</query>");
            }
        }
    }

    private static final String PING = "<iq type='get' id='p' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>";

    private static ServerBuilder forTests() {
        return XmppServer.builder().profile(Profile.TEST);
    }

    /** In the clear, as the test profile allows. */
    private static RawClient login(XmppServer server, String user, String password, String resource) {
        var client = RawClient.opened(server);
        client.authenticate(user, password);
        client.bind(resource);
        return client;
    }

    private static ServerBuilder production() {
        return XmppServer.builder().profile(Profile.PRODUCTION);
    }

    private static String register(String type, String query) {
        return "<iq type='%s' id='r'><query xmlns='jabber:iq:register'>%s</query></iq>".formatted(type, query);
    }

    private static String credentials(String username, String password) {
        return "<username>%s</username><password>%s</password>".formatted(username, password);
    }

    private static String command(String name, String attributes, String fields) {
        var form = fields.isEmpty() ? "" : "<x xmlns='jabber:x:data' type='submit'>" + fields + "</x>";
        return "<iq type='set' id='c' to='localhost'><command xmlns='%s' node='%s#%s'%s>%s</command></iq>"
                .formatted(AdHoc.NS, ServiceAdministration.NS, name, attributes, form);
    }

    private static String field(String name, String value) {
        return "<field var='%s'><value>%s</value></field>".formatted(name, value);
    }

    private static RosterItem subscribed(Jid contact) {
        return new RosterItem(
                contact, true, Optional.empty(), Set.of(), Subscription.FROM, false, Optional.empty(), false);
    }

    private static boolean exists(XmppServer server, String account) {
        return now(server.context().stores().accounts().exists(Jid.of(account)));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
