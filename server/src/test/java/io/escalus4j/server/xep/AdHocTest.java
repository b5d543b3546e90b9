package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xep.AdHoc.Limits;
import io.escalus4j.server.xep.Command.Invocation;
import io.escalus4j.server.xep.Command.Step;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.StreamError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdHocTest {
    private static final Limits LIMITS = new Limits(3, 2, Duration.ofMinutes(10));

    private final Bench bench = new Bench();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Service service = new Service();
    private Bench.Client alice;
    private Bench.Client mallory;

    @BeforeEach
    void install() {
        bench.with(new Disco(bench.context))
                .with(new AdHoc(bench.context, LIMITS, () -> "s" + lastId.incrementAndGet()))
                .with(service);
        alice = bench.connect("alice@localhost/phone");
        mallory = bench.connect("mallory@localhost/cave");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    // ---- discovery

    @Test
    void commands_are_a_feature_of_the_domain() {
        var query = payload(disco(alice, "info", ""));
        assertThat(query.elements("feature", Disco.INFO))
                .contains(Disco.feature(AdHoc.NS), Disco.feature("jabber:x:data"));
    }

    @Test
    void each_requester_is_told_the_commands_that_it_may_run() {
        var items = payload(disco(alice, "items", " node='http://jabber.org/protocol/commands'"))
                .elements();
        assertThat(items)
                .containsExactly(
                        item("config", "Configure Service"), item("list", "List Services"), item("refuse", "Refuse"));
        assertThat(payload(disco(mallory, "items", " node='http://jabber.org/protocol/commands'"))
                        .elements())
                .containsExactly(item("list", "List Services"));
    }

    @Test
    void the_list_of_commands_has_an_identity() {
        var query = payload(disco(alice, "info", " node='http://jabber.org/protocol/commands'"));
        assertThat(query.attribute("node")).contains(AdHoc.NS);
        assertThat(query.child("identity"))
                .contains(
                        Element.parse(
                                "<identity xmlns='http://jabber.org/protocol/disco#info' category='automation' type='command-list' name='Commands'/>"));
    }

    @Test
    void a_command_has_an_identity_and_features_and_no_items() {
        var query = payload(disco(alice, "info", " node='config'"));
        assertThat(query.child("identity"))
                .contains(
                        Element.parse(
                                "<identity xmlns='http://jabber.org/protocol/disco#info' category='automation' type='command-node' name='Configure Service'/>"));
        assertThat(query.elements("feature", Disco.INFO))
                .contains(Disco.feature(AdHoc.NS), Disco.feature("jabber:x:data"));
        assertThat(payload(disco(alice, "items", " node='config'")).children()).isEmpty();
    }

    @Test
    void a_command_that_one_may_not_run_is_forbidden_and_one_that_is_not_there_is_not_found() {
        assertThat(error(disco(mallory, "info", " node='config'"))).isEqualTo("cancel forbidden");
        assertThat(error(disco(alice, "info", " node='nonsense'"))).isEqualTo("cancel item-not-found");
    }

    // ---- execution

    @Test
    void a_command_that_asks_nothing_is_complete_at_once() {
        assertThat(alice.ask(command("list", ""))).isEqualTo(Bench.xml("""
                        <iq type='result' id='1' from='localhost' to='alice@localhost/phone'>\
                        <command xmlns='http://jabber.org/protocol/commands' node='list' sessionid='s1'\
                         status='completed' xml:lang='en'>\
                        <x xmlns='jabber:x:data' type='result'>\
                        <field var='FORM_TYPE' type='hidden'><value>urn:service</value></field></x></command></iq>"""));
    }

    @Test
    void a_session_of_a_complete_command_is_over() {
        alice.ask(command("list", ""));
        assertThat(error(alice.ask(command("list", " sessionid='s1'"))))
                .isEqualTo("cancel not-allowed session-expired");
    }

    @Test
    void a_command_with_stages_goes_from_form_to_form() {
        var first = payload(alice.ask(command("config", " action='execute'")));
        assertThat(first.attribute("sessionid")).contains("s1");
        assertThat(first.attribute("status")).contains("executing");
        assertThat(actions(first)).isEqualTo("next: next");
        assertThat(title(first)).isEqualTo("Which");

        var second = payload(alice.ask(submit("config", " sessionid='s1' action='next'", "service", "httpd")));
        assertThat(second.attribute("sessionid")).contains("s1");
        assertThat(actions(second)).isEqualTo("complete: prev complete");
        assertThat(title(second)).isEqualTo("How for httpd");

        var third = payload(alice.ask(submit("config", " sessionid='s1' action='complete'", "state", "off")));
        assertThat(third.attribute("status")).contains("completed");
        assertThat(third.child("note"))
                .contains(Element.parse(
                        "<note xmlns='http://jabber.org/protocol/commands' type='info'>httpd is off</note>"));
        assertThat(error(alice.ask(submit("config", " sessionid='s1'", "state", "off"))))
                .isEqualTo("cancel not-allowed session-expired");
    }

    @Test
    void execute_stands_for_the_action_that_goes_on() {
        alice.ask(command("config", ""));
        assertThat(title(payload(alice.ask(submit("config", " sessionid='s1'", "service", "httpd")))))
                .isEqualTo("How for httpd");
        var done = payload(alice.ask(submit("config", " sessionid='s1' action='execute'", "state", "on")));
        assertThat(done.attribute("status")).contains("completed");
    }

    @Test
    void prev_goes_back_one_form() {
        alice.ask(command("config", ""));
        alice.ask(submit("config", " sessionid='s1'", "service", "httpd"));
        var back = payload(alice.ask(command("config", " sessionid='s1' action='prev'")));
        assertThat(title(back)).isEqualTo("Which");
        assertThat(actions(back)).isEqualTo("next: next");
        assertThat(title(payload(alice.ask(submit("config", " sessionid='s1'", "service", "jabberd")))))
                .isEqualTo("How for jabberd");
    }

    @Test
    void what_an_answer_leads_to_happens_after_it() {
        alice.send(command("refuse", ""));
        alice.session.taken();
        alice.send(submit("refuse", " sessionid='s1'", "why", "bye"));
        assertThat(alice.session.taken())
                .extracting(Element::name)
                .as("the result, then what the command does afterwards")
                .containsExactly("iq", "error");
    }

    @Test
    void a_cancelled_command_is_over() {
        alice.ask(command("config", ""));
        assertThat(alice.ask(command("config", " sessionid='s1' action='cancel'")))
                .isEqualTo(Bench.xml("""
                        <iq type='result' id='1' from='localhost' to='alice@localhost/phone'>\
                        <command xmlns='http://jabber.org/protocol/commands' node='config' sessionid='s1'\
                         status='canceled' xml:lang='en'/></iq>"""));
        assertThat(error(alice.ask(command("config", " sessionid='s1'"))))
                .isEqualTo("cancel not-allowed session-expired");
    }

    @Test
    void an_action_must_be_one_that_there_is() {
        assertThat(error(alice.ask(command("config", " action='explode'"))))
                .isEqualTo("modify bad-request malformed-action");
    }

    @Test
    void an_action_must_fit() {
        assertThat(error(alice.ask(command("config", " action='next'")))).isEqualTo("modify bad-request bad-action");
        assertThat(error(alice.ask(command("config", " action='cancel'")))).isEqualTo("modify bad-request bad-action");
        alice.ask(command("config", ""));
        for (String unfit : List.of("prev", "complete")) {
            assertThat(error(alice.ask(command("config", " sessionid='s1' action='%s'".formatted(unfit)))))
                    .as(unfit)
                    .isEqualTo("modify bad-request bad-action");
        }
        alice.ask(submit("config", " sessionid='s1'", "service", "httpd"));
        assertThat(error(alice.ask(command("config", " sessionid='s1' action='next'"))))
                .isEqualTo("modify bad-request bad-action");
    }

    @Test
    void the_last_form_may_be_called_a_step_on() {
        alice.ask(command("config", ""));
        alice.ask(submit("config", " sessionid='s1' action='next'", "service", "httpd"));
        assertThat(payload(alice.ask(submit("config", " sessionid='s1' action='next'", "state", "on")))
                        .attribute("status"))
                .contains("completed");
    }

    @Test
    void a_form_that_is_filled_from_the_start_is_not_shown() {
        for (String action : List.of("", " action='execute'", " action='next'", " action='complete'")) {
            assertThat(title(payload(alice.ask(submit("config", action, "service", "httpd")))))
                    .as(action)
                    .isEqualTo("How for httpd");
        }
    }

    @Test
    void a_form_that_is_filled_from_the_start_is_checked_like_any_other() {
        assertThat(error(alice.ask(submit("config", "", "service", "nonsense"))))
                .isEqualTo("modify bad-request bad-payload");
        assertThat(error(alice.ask(submit("refuse", "", "why", "so")))).isEqualTo("cancel conflict");
        assertThat(error(mallory.ask(submit("config", "", "service", "httpd")))).isEqualTo("cancel forbidden");
    }

    @Test
    void a_form_must_be_an_answer_to_the_one_that_is_open() {
        alice.ask(command("config", ""));
        for (String bad : List.of(
                command("config", " sessionid='s1'"),
                submit("config", " sessionid='s1'", "service", "nonsense"),
                submit("config", " sessionid='s1'", "other", "httpd"),
                submit("config", " sessionid='s1'", "service", "httpd").replace("'submit'", "'nonsense'"))) {
            assertThat(error(alice.ask(bad))).as(bad).isEqualTo("modify bad-request bad-payload");
        }
        assertThat(title(payload(alice.ask(submit("config", " sessionid='s1'", "service", "httpd")))))
                .as("the session is still there")
                .isEqualTo("How for httpd");
    }

    @Test
    void a_form_of_type_cancel_counts_as_submitted() {
        alice.ask(command("config", ""));
        var cancelled = submit("config", " sessionid='s1'", "service", "httpd").replace("'submit'", "'cancel'");
        assertThat(title(payload(alice.ask(cancelled)))).isEqualTo("How for httpd");
    }

    @Test
    void what_a_command_refuses_can_be_submitted_anew_and_is_not_repeated() {
        alice.ask(command("refuse", ""));
        var refused = alice.ask(submit("refuse", " sessionid='s1'", "why", "my secret"));
        assertThat(error(refused)).isEqualTo("cancel conflict");
        assertThat(refused.toXml()).doesNotContain("my secret");
        assertThat(error(alice.ask(submit("refuse", " sessionid='s1'", "why", "another"))))
                .isEqualTo("cancel conflict");
    }

    @Test
    void a_command_that_one_may_not_run_is_forbidden() {
        assertThat(error(mallory.ask(command("config", "")))).isEqualTo("cancel forbidden");
    }

    @Test
    void a_command_that_is_not_there_is_not_found() {
        assertThat(error(alice.ask(command("nonsense", "")))).isEqualTo("cancel item-not-found");
        assertThat(error(alice.ask(command("nonsense", "").replace(" node='nonsense'", ""))))
                .isEqualTo("cancel item-not-found");
    }

    @Test
    void a_module_takes_its_commands_along() {
        bench.modules.uninstall(service);
        assertThat(error(alice.ask(command("list", "")))).isEqualTo("cancel item-not-found");
        assertThat(payload(disco(alice, "items", " node='http://jabber.org/protocol/commands'"))
                        .elements())
                .isEmpty();
    }

    // ---- sessions

    @Test
    void a_session_is_its_requesters_alone_and_its_commands_alone() {
        alice.ask(command("config", ""));
        var laptop = bench.connect("alice@localhost/laptop");
        assertThat(error(laptop.ask(submit("config", " sessionid='s1'", "service", "httpd"))))
                .isEqualTo("modify bad-request bad-sessionid");
        assertThat(error(alice.ask(command("refuse", " sessionid='nonsense'"))))
                .isEqualTo("modify bad-request bad-sessionid");
        assertThat(error(alice.ask(submit("refuse", " sessionid='s1'", "why", "x"))))
                .isEqualTo("modify bad-request bad-sessionid");
    }

    @Test
    void a_session_expires() {
        alice.ask(command("config", ""));
        bench.time.advance(Duration.ofMinutes(9));
        alice.ask(submit("config", " sessionid='s1'", "service", "httpd"));
        bench.time.advance(Duration.ofMinutes(9));
        assertThat(payload(alice.ask(command("config", " sessionid='s1' action='prev'")))
                        .attribute("status"))
                .contains("executing");
        bench.time.advance(Duration.ofMinutes(10));
        assertThat(error(alice.ask(submit("config", " sessionid='s1'", "service", "httpd"))))
                .isEqualTo("cancel not-allowed session-expired");
    }

    @Test
    void a_requester_has_few_sessions_and_one_more_ends_the_oldest() {
        for (int i = 0; i < 3; i++) {
            assertThat(payload(alice.ask(command("config", ""))).attribute("status"))
                    .contains("executing");
            bench.time.advance(Duration.ofSeconds(1));
        }
        assertThat(error(alice.ask(submit("config", " sessionid='s1'", "service", "httpd"))))
                .isEqualTo("cancel not-allowed session-expired");
        assertThat(title(payload(alice.ask(submit("config", " sessionid='s2'", "service", "httpd")))))
                .isEqualTo("How for httpd");
    }

    @Test
    void all_requesters_together_have_so_many_sessions() {
        var laptop = bench.connect("alice@localhost/laptop");
        alice.ask(command("config", ""));
        alice.ask(command("config", ""));
        laptop.ask(command("config", ""));
        assertThat(error(laptop.ask(command("config", "")))).isEqualTo("wait resource-constraint");
        assertThat(bench.limitsHit("commands")).isEqualTo(1);
        bench.time.advance(Duration.ofMinutes(10));
        assertThat(payload(laptop.ask(command("config", ""))).attribute("status"))
                .contains("executing");
    }

    @Test
    void ids_are_different_and_hard_to_guess() {
        try (var other = new Bench()) {
            other.with(new AdHoc(other.context, Limits.STANDARD)).with(new Service());
            var kate = other.connect("alice@localhost/phone");
            var one = payload(kate.ask(command("list", ""))).attribute("sessionid", "");
            var two = payload(kate.ask(command("list", ""))).attribute("sessionid", "");
            assertThat(one).isNotEqualTo(two).hasSizeGreaterThan(30);
        }
    }

    @Test
    void limits_leave_room_for_something() {
        assertThatThrownBy(() -> new Limits(0, 1, Duration.ofMinutes(1)))
                .hasMessage("sessions and per_requester must be at least 1, were 0 and 1");
        assertThatThrownBy(() -> new Limits(1, 0, Duration.ofMinutes(1)))
                .hasMessage("sessions and per_requester must be at least 1, were 1 and 0");
        assertThatThrownBy(() -> new Limits(1, 1, Duration.ZERO)).hasMessage("idle must be above 0, was PT0S");
    }

    // ---- helpers

    private static Element disco(Bench.Client client, String about, String node) {
        return client.ask(
                "<iq type='get' id='1' to='localhost'><query xmlns='http://jabber.org/protocol/disco#%s'%s/></iq>"
                        .formatted(about, node));
    }

    private static Element item(String node, String name) {
        return Disco.item("localhost").with("node", node).with("name", name);
    }

    private static String command(String node, String attributes) {
        return "<iq type='set' id='1' to='localhost'><command xmlns='http://jabber.org/protocol/commands' node='%s'%s/></iq>"
                .formatted(node, attributes);
    }

    private static String submit(String node, String attributes, String field, String value) {
        var form = "<x xmlns='jabber:x:data' type='submit'><field var='%s'><value>%s</value></field></x>"
                .formatted(field, value);
        return command(node, attributes).replace("/></iq>", ">" + form + "</command></iq>");
    }

    /** What execute stands for, and what is allowed. */
    private static String actions(Element command) {
        var actions = command.child("actions").orElseThrow();
        var allowed = actions.elements().stream().map(Element::name).toList();
        return actions.attribute("execute", "") + ": " + String.join(" ", allowed);
    }

    private static String title(Element command) {
        return DataForm.in(command).flatMap(DataForm::title).orElse("");
    }

    /** A command that lists, one with two forms for Alice alone, and one that refuses unless it is told goodbye. */
    private final class Service implements Module {
        private final List<Command> commands = List.of(
                new Command(
                        "list",
                        "List Services",
                        call -> true,
                        call -> Command.now(Command.result(DataForm.result("urn:service")))),
                new Command("config", "Configure Service", Service::isAlice, call -> which()),
                new Command(
                        "refuse",
                        "Refuse",
                        Service::isAlice,
                        call -> Command.ask(
                                form("Why")
                                        .with(FormField.of("why", Kind.TEXT_SINGLE)
                                                .asRequired()),
                                this::refuse)));

        @Override
        public Xep xep() {
            return new Xep(999, "Service", "1");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(AdHoc.OFFER, Phase.DELIVER, offer -> Verdict.proceed(offer.with(commands)));
        }

        private static boolean isAlice(Invocation call) {
            return call.requester().local().equals("alice");
        }

        private static DataForm form(String title) {
            return DataForm.asking("urn:service", title, "Choose.");
        }

        private static CompletionStage<Step> which() {
            var form = form("Which")
                    .with(FormField.of("service", Kind.LIST_SINGLE).asRequired().withOptions("httpd", "jabberd"));
            return Command.now(new Step.Asking(form, false, Service::how));
        }

        private static CompletionStage<Step> how(DataForm which) {
            String service = which.value("service").orElseThrow();
            var form = form("How for " + service).with(FormField.of("state", Kind.TEXT_SINGLE));
            return Command.ask(
                    form,
                    how -> Command.now(Command.noted(
                            "%s is %s", service, how.value("state").orElse("as it was"))));
        }

        private CompletionStage<Step> refuse(DataForm why) {
            return Command.now(
                    why.value("why").orElseThrow().equals("bye")
                            ? Command.done(() -> alice.session.close(StreamError.of(StreamError.Condition.RESET)))
                            : Command.refused(Condition.CONFLICT, "not like this"));
        }
    }
}
