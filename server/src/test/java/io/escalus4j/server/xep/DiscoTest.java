package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoTest {
    private static final String INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
    private static final String ITEMS = "<query xmlns='http://jabber.org/protocol/disco#items'/>";

    private final Bench bench = new Bench();
    private Bench.Client alice;
    private Bench.Client bob;

    @BeforeEach
    void install() {
        bench.with(new Disco(bench.context));
        alice = bench.connect("alice@localhost/phone");
        bob = bench.connect("bob@localhost/desk");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_domain_is_an_im_server() {
        assertThat(alice.ask(get("localhost", INFO))).isEqualTo(Bench.xml("""
                        <iq type='result' id='1' from='localhost' to='alice@localhost/phone'>\
                        <query xmlns='http://jabber.org/protocol/disco#info'>\
                        <identity category='server' type='im' name='escalus4j'/>\
                        <feature var='http://jabber.org/protocol/disco#info'/>\
                        <feature var='http://jabber.org/protocol/disco#items'/>\
                        </query></iq>"""));
    }

    @Test
    void the_domain_has_the_features_of_all_modules_as_long_as_they_are_installed() {
        var ping = new Ping(bench.context, Ping.Config.standard(Profile.TEST));
        bench.with(ping);
        assertThat(features(alice.ask(get("localhost", INFO)))).contains(Ping.NS);
        bench.modules.uninstall(ping);
        assertThat(features(alice.ask(get("localhost", INFO)))).doesNotContain(Ping.NS);
    }

    @Test
    void the_items_of_a_domain_are_the_components_at_that_domain() {
        assertThat(payload(alice.ask(get("localhost", ITEMS))).elements()).isEmpty();
        bench.with(new Rooms());
        assertThat(jids(alice.ask(get("localhost", ITEMS)))).containsExactly("muc.localhost");
        assertThat(jids(alice.ask(get("example.org", ITEMS)))).containsExactly("muc.example.org");
    }

    @Test
    void a_node_that_nobody_knows_is_not_found() {
        assertThat(error(alice.ask(get("localhost", withNode(INFO, "x"))))).isEqualTo("cancel item-not-found");
        assertThat(error(alice.ask(get("localhost", withNode(ITEMS, "x"))))).isEqualTo("cancel item-not-found");
    }

    @Test
    void an_empty_node_is_none() {
        var query = payload(alice.ask(get("localhost", withNode(INFO, ""))));
        assertThat(query.elements("identity", Disco.INFO)).hasSize(1);
    }

    @Test
    void a_module_answers_for_its_nodes_and_the_answer_names_the_node() {
        bench.with(new Rooms());
        var query = payload(alice.ask(get("localhost", withNode(INFO, "rooms"))));
        assertThat(query)
                .isEqualTo(Element.of("query", Disco.INFO).with("node", "rooms").with(Disco.feature("urn:rooms")));
        assertThat(error(alice.ask(get("localhost", withNode(INFO, "secret"))))).isEqualTo("auth forbidden");
        assertThat(error(alice.ask(get("localhost", withNode(INFO, "other"))))).isEqualTo("cancel item-not-found");
    }

    @Test
    void an_account_is_registered_for_its_owner() {
        assertThat(alice.ask("<iq type='get' id='1'>" + INFO + "</iq>")).isEqualTo(Bench.xml("""
                        <iq type='result' id='1' to='alice@localhost/phone'>\
                        <query xmlns='http://jabber.org/protocol/disco#info'>\
                        <identity category='account' type='registered'/>\
                        <feature var='http://jabber.org/protocol/disco#info'/>\
                        <feature var='http://jabber.org/protocol/disco#items'/>\
                        </query></iq>"""));
    }

    @Test
    void an_account_is_registered_for_who_may_see_its_presence() {
        bench.letSee("bob@localhost", "alice@localhost");
        var query = payload(alice.ask(get("bob@localhost", INFO)));
        assertThat(query.child("identity").flatMap(i -> i.attribute("type"))).contains("registered");
    }

    @Test
    void who_may_not_see_presence_cannot_tell_whether_there_is_an_account() {
        var existing = alice.ask(get("bob@localhost", INFO));
        var missing = alice.ask(get("nobody@localhost", INFO));
        assertThat(error(existing)).isEqualTo("cancel service-unavailable");
        assertThat(error(missing)).isEqualTo("cancel service-unavailable");
        assertThat(error(alice.ask(get("bob@localhost", withNode(INFO, "x"))))).isEqualTo("cancel service-unavailable");
    }

    @Test
    void an_account_that_sees_me_is_not_one_that_i_may_see() {
        bench.letSee("alice@localhost", "bob@localhost");
        assertThat(error(alice.ask(get("bob@localhost", INFO)))).isEqualTo("cancel service-unavailable");
    }

    @Test
    void the_items_of_an_account_are_its_available_resources() {
        bench.connect("bob@localhost/silent");
        bob.present("<presence/>");
        bench.letSee("bob@localhost", "alice@localhost");
        assertThat(jids(alice.ask(get("bob@localhost", ITEMS)))).containsExactly("bob@localhost/desk");
        assertThat(jids(bob.ask(get("bob@localhost", ITEMS)))).containsExactly("bob@localhost/desk");
    }

    @Test
    void who_may_not_see_presence_sees_no_items() {
        bob.present("<presence/>");
        assertThat(payload(alice.ask(get("bob@localhost", ITEMS))).children()).isEmpty();
        assertThat(payload(alice.ask(get("nobody@localhost", ITEMS))).children())
                .isEmpty();
        var query = payload(alice.ask(get("bob@localhost", withNode(ITEMS, "x"))));
        assertThat(query.attribute("node")).contains("x");
        assertThat(query.children()).isEmpty();
    }

    @Test
    void an_account_has_no_nodes() {
        assertThat(error(bob.ask(get("bob@localhost", withNode(INFO, "x"))))).isEqualTo("cancel item-not-found");
        assertThat(error(bob.ask(get("bob@localhost", withNode(ITEMS, "x"))))).isEqualTo("cancel item-not-found");
    }

    @Test
    void a_query_to_a_full_jid_goes_to_the_client() {
        alice.send(get("bob@localhost/desk", INFO));
        assertThat(bob.session.taken()).singleElement().satisfies(query -> {
            assertThat(query.attribute("from")).contains("alice@localhost/phone");
            assertThat(query.firstElement().orElseThrow().namespace()).isEqualTo(Disco.INFO);
        });
        assertThat(alice.session.taken()).isEmpty();
    }

    @Test
    void nothing_can_be_set() {
        assertThat(error(alice.ask("<iq type='set' id='1' to='localhost'>" + INFO + "</iq>")))
                .isEqualTo("cancel service-unavailable");
    }

    private static String get(String to, String query) {
        return "<iq type='get' id='1' to='%s'>%s</iq>".formatted(to, query);
    }

    private static String withNode(String query, String node) {
        return query.replace("/>", " node='" + node + "'/>");
    }

    private static List<String> features(Element answer) {
        return payload(answer).elements("feature", Disco.INFO).stream()
                .map(feature -> feature.attribute("var", ""))
                .toList();
    }

    private static List<String> jids(Element answer) {
        return payload(answer).elements().stream()
                .map(item -> item.attribute("jid", ""))
                .toList();
    }

    /** A module with a component and with two nodes, one of which it does not show. */
    private static final class Rooms implements Module {
        @Override
        public Xep xep() {
            return new Xep(45, "Rooms", "1");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.component("muc", stanza -> CompletableFuture.completedFuture(null))
                    .on(Disco.NODE, Phase.DELIVER, Rooms::describe);
        }

        private static Verdict<Disco.NodeQuery> describe(Disco.NodeQuery query) {
            return switch (query.node()) {
                case "rooms" -> Verdict.proceed(query.found(List.of(Disco.feature("urn:rooms"))));
                case "secret" -> Verdict.refuse(Condition.FORBIDDEN, "not for you");
                default -> Verdict.proceed(query);
            };
        }
    }
}
