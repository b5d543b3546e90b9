package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.isEmptyResult;
import static io.escalus4j.server.xep.Bench.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.xep.InBandRegistration.Config;
import io.escalus4j.server.xmpp.Jid;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InBandRegistrationTest {
    private static final InitiatingEntity STRANGER = new InitiatingEntity("localhost", Bench.HOME, true);
    private static final InitiatingEntity INSECURE = new InitiatingEntity("localhost", Bench.HOME, false);
    private static final Config LIMITED = new Config(true, true, true, 2, Duration.ofHours(1));

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private void install(Config config) {
        bench.with(new InBandRegistration(bench.context, config));
    }

    private Element beforeAuth(InitiatingEntity entity, String type, String query) {
        return bench.beforeAuth(entity, iq(type, query)).orElseThrow();
    }

    private static String iq(String type, String query) {
        return "<iq type='%s' id='1'><query xmlns='jabber:iq:register'>%s</query></iq>".formatted(type, query);
    }

    private static String credentials(String username, String password) {
        return "<username>%s</username><password>%s</password>".formatted(username, password);
    }

    @Nested
    class BeforeAuthentication {
        @Test
        void the_fields_are_told() {
            install(LIMITED);
            var query = payload(beforeAuth(STRANGER, "get", ""));
            assertThat(query.childText("username")).contains("");
            assertThat(query.childText("password")).contains("");
            assertThat(query.childText("instructions"))
                    .contains("Choose a username and password for use with this service.");
            assertThat(query.child("x", "jabber:x:data").flatMap(x -> x.attribute("type")))
                    .contains("form");
        }

        @Test
        void an_account_is_made() {
            install(LIMITED);
            assertThat(isEmptyResult(beforeAuth(STRANGER, "set", credentials("Bill", "Calliope"))))
                    .isTrue();
            assertThat(bench.passwordIs("bill@localhost", "Calliope")).isTrue();
            assertThat(registrations("created")).isEqualTo(1);
        }

        @Test
        void a_data_form_does_as_well_and_takes_precedence() {
            install(LIMITED);
            var form = """
                    <x xmlns='jabber:x:data' type='submit'>\
                    <field var='FORM_TYPE'><value>jabber:iq:register</value></field>\
                    <field var='username'><value>bill</value></field>\
                    <field var='password'><value>Calliope</value></field></x>""";
            assertThat(isEmptyResult(beforeAuth(STRANGER, "set", credentials("will", "Clio") + form)))
                    .isTrue();
            assertThat(bench.passwordIs("bill@localhost", "Calliope")).isTrue();
            assertThat(bench.exists("will@localhost")).isFalse();
        }

        @Test
        void the_domain_of_the_stream_is_that_of_the_account() {
            install(LIMITED);
            beforeAuth(new InitiatingEntity("example.org", Bench.HOME, true), "set", credentials("bill", "Calliope"));
            assertThat(bench.exists("bill@example.org")).isTrue();
            assertThat(bench.exists("bill@localhost")).isFalse();
        }

        @Test
        void a_name_that_is_taken_is_a_conflict_and_keeps_its_password() {
            install(LIMITED);
            beforeAuth(STRANGER, "set", credentials("bill", "Calliope"));
            var refused = beforeAuth(STRANGER, "set", credentials("bill", "m1cro$oft"));
            assertThat(error(refused)).isEqualTo("cancel conflict");
            assertThat(refused.toXml()).doesNotContain("m1cro$oft");
            assertThat(bench.passwordIs("bill@localhost", "Calliope")).isTrue();
            assertThat(registrations("conflict")).isEqualTo(1);
        }

        @Test
        void what_is_missing_or_empty_is_not_acceptable() {
            install(Config.OPEN);
            for (String incomplete : new String[] {
                "",
                "<username>bill</username>",
                "<password>Calliope</password>",
                "<username>bill</username><password/>",
                credentials("", "Calliope")
            }) {
                assertThat(error(beforeAuth(STRANGER, "set", incomplete)))
                        .as(incomplete)
                        .isEqualTo("modify not-acceptable");
            }
            assertThat(bench.exists("bill@localhost")).isFalse();
        }

        @Test
        void a_name_that_is_no_localpart_is_not_acceptable() {
            install(Config.OPEN);
            for (String name : new String[] {"bill@localhost", "bill/globe", "two words", "a:b", "@", "/"}) {
                assertThat(error(beforeAuth(STRANGER, "set", credentials(name, "Calliope"))))
                        .as(name)
                        .isEqualTo("modify not-acceptable");
            }
        }

        @Test
        void a_password_that_saslprep_refuses_is_not_acceptable() {
            install(Config.OPEN);
            assertThat(error(beforeAuth(STRANGER, "set", credentials("bill", "a\u0627b"))))
                    .isEqualTo("modify not-acceptable");
        }

        @Test
        void where_hashing_is_busy_one_has_to_wait() {
            install(Config.OPEN);
            bench.hashOn(task -> {
                throw new RejectedExecutionException();
            });
            assertThat(error(beforeAuth(STRANGER, "set", credentials("bill", "Calliope"))))
                    .isEqualTo("wait resource-constraint");
        }

        @Test
        void our_own_bug_is_not_the_strangers_mistake() {
            install(Config.OPEN);
            bench.hashOn(task -> {
                throw new IllegalStateException("a bug, made for the test");
            });
            assertThat(error(beforeAuth(STRANGER, "set", credentials("bill", "Calliope"))))
                    .isEqualTo("cancel internal-server-error");
        }

        @Test
        void one_who_has_not_authenticated_has_nothing_to_cancel() {
            install(LIMITED);
            assertThat(error(beforeAuth(STRANGER, "set", "<remove/>"))).isEqualTo("wait unexpected-request");
        }

        @Test
        void the_feature_is_offered_over_tls_only() {
            install(LIMITED);
            assertThat(bench.modules.preAuthFeatures(INSECURE)).isEmpty();
            assertThat(bench.modules.preAuthFeatures(STRANGER))
                    .containsExactly(Element.parse("<register xmlns='http://jabber.org/features/iq-register'/>"));
            assertThat(error(beforeAuth(INSECURE, "get", ""))).isEqualTo("auth not-authorized");
            assertThat(error(beforeAuth(INSECURE, "set", credentials("bill", "Calliope"))))
                    .isEqualTo("auth not-authorized");
            assertThat(bench.exists("bill@localhost")).isFalse();
        }

        @Test
        void a_test_server_needs_no_tls() {
            install(Config.OPEN);
            assertThat(bench.modules.preAuthFeatures(INSECURE)).hasSize(1);
            assertThat(isEmptyResult(beforeAuth(INSECURE, "set", credentials("bill", "Calliope"))))
                    .isTrue();
        }

        @Test
        void by_standard_accounts_are_not_made() {
            install(Config.STANDARD);
            assertThat(bench.modules.preAuthFeatures(STRANGER)).isEmpty();
            assertThat(error(beforeAuth(STRANGER, "get", ""))).isEqualTo("cancel service-unavailable");
            assertThat(error(beforeAuth(STRANGER, "set", credentials("bill", "Calliope"))))
                    .isEqualTo("cancel service-unavailable");
            assertThat(bench.exists("bill@localhost")).isFalse();
        }

        @Test
        void an_address_has_few_attempts_in_a_window_of_time() {
            install(LIMITED);
            beforeAuth(STRANGER, "set", credentials("a", "secret"));
            beforeAuth(STRANGER, "set", credentials("a", "secret"));
            assertThat(error(beforeAuth(STRANGER, "set", credentials("b", "secret"))))
                    .isEqualTo("modify not-acceptable");
            assertThat(bench.exists("b@localhost")).isFalse();
            assertThat(bench.limitsHit("registration")).isEqualTo(1);

            var elsewhere = new InitiatingEntity("localhost", Bench.address("192.0.2.2"), true);
            assertThat(isEmptyResult(beforeAuth(elsewhere, "set", credentials("b", "secret"))))
                    .isTrue();

            bench.time.advance(Duration.ofHours(1));
            assertThat(isEmptyResult(beforeAuth(STRANGER, "set", credentials("c", "secret"))))
                    .isTrue();
        }

        private double registrations(String result) {
            return bench.metrics
                    .get("xmpp.registrations")
                    .tag("result", result)
                    .counter()
                    .count();
        }
    }

    @Nested
    class WithAnAccount {
        private final Bench.Client bill = bench.connect("bill@localhost/globe");

        @Test
        void the_account_is_told_without_its_password() {
            install(Config.STANDARD);
            for (String request : new String[] {iq("get", ""), to(iq("get", ""), "localhost")}) {
                var query = payload(bill.ask(request));
                assertThat(query.has("registered", InBandRegistration.NS)).isTrue();
                assertThat(query.childText("username")).contains("bill");
                assertThat(query.childText("password")).contains("");
            }
        }

        @Test
        void the_password_is_changed() {
            install(Config.STANDARD);
            assertThat(isEmptyResult(bill.ask(to(iq("set", credentials("bill", "newpass")), "localhost"))))
                    .isTrue();
            assertThat(bench.passwordIs("bill@localhost", "newpass")).isTrue();
            assertThat(isEmptyResult(bill.ask(iq("set", credentials("Bill", "newer")))))
                    .isTrue();
            assertThat(bench.passwordIs("bill@localhost", "newer")).isTrue();
        }

        @Test
        void an_empty_password_keeps_the_one_that_is_there() {
            install(Config.STANDARD);
            bill.ask(iq("set", credentials("bill", "newpass")));
            assertThat(error(bill.ask(iq("set", credentials("bill", ""))))).isEqualTo("modify bad-request");
            assertThat(error(bill.ask(iq("set", "<password>x</password>")))).isEqualTo("modify bad-request");
            assertThat(bench.passwordIs("bill@localhost", "newpass")).isTrue();
        }

        @Test
        void the_password_of_another_is_not_changed() {
            install(Config.STANDARD);
            var kate = bench.connect("kate@localhost/globe");
            kate.ask(iq("set", credentials("kate", "shrew")));
            var refused = bill.ask(iq("set", credentials("kate", "secret")));
            assertThat(error(refused)).isEqualTo("cancel not-allowed");
            assertThat(refused.toXml()).doesNotContain("secret");
            assertThat(bench.passwordIs("kate@localhost", "shrew")).isTrue();
            assertThat(error(bill.ask(to(iq("set", credentials("bill", "secret")), "kate@localhost"))))
                    .isEqualTo("auth forbidden");
        }

        @Test
        void a_password_that_saslprep_refuses_is_not_acceptable_and_not_repeated() {
            install(Config.STANDARD);
            var refused = bill.ask(iq("set", credentials("bill", "a\u0627b")));
            assertThat(error(refused)).isEqualTo("modify not-acceptable");
            assertThat(refused.elements()).hasSize(1);
        }

        @Test
        void our_own_bug_does_not_repeat_the_password() {
            install(Config.STANDARD);
            bench.hashOn(task -> {
                throw new IllegalStateException("a bug, made for the test");
            });
            var refused = bill.ask(iq("set", credentials("bill", "newpass")));
            assertThat(error(refused)).isEqualTo("cancel internal-server-error");
            assertThat(refused.toXml()).doesNotContain("newpass");
        }

        @Test
        void nothing_is_changed_where_that_is_switched_off() {
            install(new Config(true, false, false, 1, Duration.ofHours(1)));
            assertThat(error(bill.ask(iq("set", credentials("bill", "newpass")))))
                    .isEqualTo("cancel not-allowed");
            assertThat(error(bill.ask(iq("set", "<remove/>")))).isEqualTo("cancel not-allowed");
            assertThat(bench.exists("bill@localhost")).isTrue();
        }

        @Test
        void a_cancelled_account_gets_its_result_and_then_the_end_of_all_its_streams() {
            install(Config.STANDARD);
            var phone = bench.connect("bill@localhost/phone");
            bill.send(iq("set", "<remove/>"));
            assertThat(bill.session.taken())
                    .satisfiesExactly(
                            answer -> assertThat(isEmptyResult(answer)).isTrue(),
                            end -> assertThat(streamError(end)).isEqualTo("not-authorized"));
            assertThat(phone.session.taken())
                    .singleElement()
                    .satisfies(end -> assertThat(streamError(end)).isEqualTo("not-authorized"));
            assertThat(bench.exists("bill@localhost")).isFalse();
        }

        @Test
        void remove_must_be_alone() {
            install(Config.STANDARD);
            assertThat(error(bill.ask(iq("set", "<remove/>" + credentials("bill", "x")))))
                    .isEqualTo("modify bad-request");
            assertThat(bench.exists("bill@localhost")).isTrue();
        }

        @Test
        void who_was_removed_meanwhile_has_to_register() {
            install(Config.STANDARD);
            Bench.now(bench.stores.remove(Jid.of("bill@localhost")));
            assertThat(error(bill.ask(iq("set", "<remove/>")))).isEqualTo("auth registration-required");
            assertThat(error(bill.ask(iq("set", credentials("bill", "newpass")))))
                    .isEqualTo("auth registration-required");
        }

        @Test
        void at_another_domain_one_has_no_account() {
            install(Config.STANDARD);
            assertThat(error(bill.ask(to(iq("get", ""), "example.org")))).isEqualTo("auth registration-required");
            assertThat(error(bill.ask(to(iq("set", "<remove/>"), "example.org"))))
                    .isEqualTo("auth registration-required");
            assertThat(bench.exists("bill@localhost")).isTrue();
        }

        private static String to(String iq, String domain) {
            return iq.replaceFirst(" id=", " to='" + domain + "' id=");
        }

        private static String streamError(Element end) {
            return end.name().equals("error")
                    ? end.firstElement().map(Element::name).orElse("")
                    : "";
        }
    }

    @Test
    void a_config_that_lets_nobody_in_is_refused() {
        assertThatThrownBy(() -> new Config(true, true, true, 0, Duration.ofHours(1)))
                .hasMessage("attempts must be at least 1, was 0 (XEP-0077 section 3.1.1)");
        assertThatThrownBy(() -> new Config(true, true, true, 1, Duration.ZERO))
                .hasMessage("window must be above 0, was PT0S");
        assertThatThrownBy(() -> new Config(true, true, true, 1, Duration.ofSeconds(-1)))
                .hasMessage("window must be above 0, was PT-1S");
    }

    @Test
    void neighbours_in_one_ipv6_network_count_as_one() {
        var limit = new AttemptLimit(1, Duration.ofHours(1), bench.time);
        InetAddress home = Bench.address("2001:db8:1:2::1");
        assertThat(limit.allows(home)).isTrue();
        assertThat(limit.allows(Bench.address("2001:db8:1:2:ffff::9"))).isFalse();
        assertThat(limit.allows(Bench.address("2001:db8:1:3::1"))).isTrue();
    }
}
