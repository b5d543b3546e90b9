package io.escalus4j.server.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreAuthTest {
    private static final String NS = "urn:early";
    private static final Element FEATURE = Element.of("early", NS);
    private static final InitiatingEntity SOMEBODY =
            new InitiatingEntity("localhost", InetAddress.getLoopbackAddress(), false);

    private final Modules modules = new Modules(ManualTime.standingStill(Instant.EPOCH));

    @AfterEach
    void close() {
        modules.close();
    }

    @Test
    void a_request_is_answered_without_an_address_of_the_one_who_asked() {
        install(request -> Reply.result(Element.of("query", NS)
                .withText(request.type() + " " + request.from().domain())));
        assertThat(answer("<iq xmlns='jabber:client' type='get' id='1'><query xmlns='urn:early'/></iq>"))
                .contains(Element.parse("""
                                <iq xmlns='jabber:client' type='result' id='1' from='localhost'>\
                                <query xmlns='urn:early'>GET localhost</query></iq>"""));
    }

    @Test
    void an_empty_result_has_no_content() {
        install(request -> Reply.done());
        assertThat(answer(request("set")))
                .contains(Element.parse("<iq xmlns='jabber:client' type='result' id='1' from='localhost'/>"));
    }

    @Test
    void a_refusal_does_not_repeat_the_request() {
        install(request -> Reply.refused(Condition.CONFLICT));
        assertThat(answer(request("set"))).contains(Element.parse("""
                                <iq xmlns='jabber:client' type='error' id='1' from='localhost'><error type='cancel'>\
                                <conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"""));
    }

    @Test
    void the_domain_may_be_named_in_any_case() {
        install(request -> Reply.done());
        assertThat(answer(request("get").with("to", "LOCALHOST"))).isPresent();
    }

    @Test
    void what_is_no_request_to_this_domain_is_not_answered() {
        install(request -> Reply.done());
        assertThat(answer(request("get").with("to", "example.org"))).isEmpty();
        assertThat(answer(request("get").with("to", "@"))).isEmpty();
        assertThat(answer(request("result"))).isEmpty();
        assertThat(answer(request("get").without("id"))).isEmpty();
        assertThat(answer(request("get").with(Element.of("other", NS)))).isEmpty();
        assertThat(answer(request("get").withOnly(List.of()))).isEmpty();
        assertThat(answer(request("get").withOnly(List.of(Element.of("query", "urn:other")))))
                .isEmpty();
        assertThat(answer(Element.of("message", "jabber:client")
                        .with("type", "get")
                        .with("id", "1")
                        .with(FEATURE)))
                .isEmpty();
        assertThat(answer(Element.of("iq", "urn:x")
                        .with("type", "get")
                        .with("id", "1")
                        .with(FEATURE)))
                .isEmpty();
    }

    @Test
    void an_answer_may_come_later_and_end_with_an_act() {
        var acts = new ArrayList<String>();
        var later = new CompletableFuture<Reply>();
        install(request -> Reply.later(later));
        var answer = modules.preAuth(request("get"), SOMEBODY).orElseThrow().toCompletableFuture();
        assertThat(answer).isNotDone();
        later.complete(new Reply.AndThen(Reply.done(), () -> acts.add("done")));
        assertThat(answer.join().attribute("type")).contains("result");
        assertThat(acts).containsExactly("done");
    }

    @Test
    void a_bug_becomes_an_internal_error() {
        install(request -> {
            throw new IllegalStateException("a bug, made for the test");
        });
        assertThat(answer(request("get")).flatMap(iq -> iq.child("error")).flatMap(Element::firstElement))
                .map(Element::name)
                .contains("internal-server-error");
    }

    @Test
    void a_stage_that_fails_becomes_an_internal_error() {
        install(request ->
                Reply.later(CompletableFuture.failedFuture(new IllegalStateException("a bug, made for the test"))));
        assertThat(answer(request("get")).flatMap(iq -> iq.child("error")).flatMap(Element::firstElement))
                .map(Element::name)
                .contains("internal-server-error");
    }

    @Test
    void an_answer_that_was_given_elsewhere_is_a_bug_here() {
        install(request -> Reply.answered());
        assertThat(answer(request("get")).flatMap(iq -> iq.child("error")).flatMap(Element::firstElement))
                .map(Element::name)
                .contains("internal-server-error");
    }

    @Test
    void a_feature_is_offered_to_those_who_may_have_it() {
        install(request -> Reply.done());
        var secured = new InitiatingEntity("localhost", InetAddress.getLoopbackAddress(), true);
        assertThat(modules.preAuthFeatures(SOMEBODY)).isEmpty();
        assertThat(modules.preAuthFeatures(secured)).containsExactly(FEATURE);
    }

    @Test
    void uninstalling_closes_the_door() {
        var module = install(request -> Reply.done());
        modules.uninstall(module);
        assertThat(answer(request("get"))).isEmpty();
        assertThat(modules.preAuthFeatures(new InitiatingEntity("localhost", InetAddress.getLoopbackAddress(), true)))
                .isEmpty();
    }

    @Test
    void one_namespace_has_one_module() {
        install(request -> Reply.done());
        assertThatThrownBy(() -> install(request -> Reply.done()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("XEP-0999 wants 'urn:early' before authentication, which is taken");
    }

    private Optional<Element> answer(String xml) {
        return answer(Element.parse(xml));
    }

    private Optional<Element> answer(Element sent) {
        return modules.preAuth(sent, SOMEBODY)
                .map(stage -> stage.toCompletableFuture().join());
    }

    private static Element request(String type) {
        return Element.of("iq", "jabber:client")
                .with("type", type)
                .with("id", "1")
                .with(Element.of("query", NS).with(Element.of("password").withText("secret")));
    }

    private Module install(PreAuthHandler handler) {
        var module = new Early(handler);
        modules.install(module);
        return module;
    }

    private record Early(PreAuthHandler handler) implements Module {
        @Override
        public Xep xep() {
            return new Xep(999, "Early", "1");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.preAuth(NS, handler).preAuthFeature(FEATURE, InitiatingEntity::secure);
        }
    }
}
