package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.isEmptyResult;
import static io.escalus4j.server.xep.Bench.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.PrivateStorage.Limits;
import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrivateStorageTest {
    private final Bench bench = new Bench();
    private Bench.Client hamlet;

    @BeforeEach
    void install() {
        bench.with(new PrivateStorage(bench.context, new Limits(2, 300)));
        hamlet = bench.connect("hamlet@localhost/denmark");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void what_was_set_comes_back() {
        var prefs = "<exodus xmlns='exodus:prefs'><defaultnick>Hamlet</defaultnick></exodus>";
        assertThat(isEmptyResult(hamlet.ask(set(prefs)))).isTrue();
        assertThat(hamlet.ask(get("<exodus xmlns='exodus:prefs'/>")))
                .isEqualTo(Bench.xml(
                        "<iq type='result' id='1' to='hamlet@localhost/denmark'><query xmlns='jabber:iq:private'>%s</query></iq>"
                                .formatted(prefs)));
    }

    @Test
    void what_was_never_set_is_empty() {
        assertThat(query(hamlet.ask(get("<exodus xmlns='exodus:prefs'><defaultnick/></exodus>"))))
                .isEqualTo("<exodus xmlns='exodus:prefs'/>");
    }

    @Test
    void a_namespace_may_have_several_elements() {
        var several = "<a xmlns='urn:x'>1</a><b xmlns='urn:x'>2</b>";
        assertThat(isEmptyResult(hamlet.ask(set(several)))).isTrue();
        assertThat(query(hamlet.ask(get("<a xmlns='urn:x'/>")))).isEqualTo(several);
    }

    @Test
    void setting_replaces_what_the_namespace_had() {
        hamlet.ask(set("<a xmlns='urn:x'>1</a>"));
        hamlet.ask(set("<a xmlns='urn:x'>2</a>"));
        assertThat(query(hamlet.ask(get("<a xmlns='urn:x'/>")))).isEqualTo("<a xmlns='urn:x'>2</a>");
    }

    @Test
    void a_set_without_an_element_is_not_acceptable_and_a_get_is_a_bad_request() {
        assertThat(error(hamlet.ask(set("")))).isEqualTo("modify not-acceptable");
        assertThat(error(hamlet.ask(get("")))).isEqualTo("modify bad-request");
    }

    @Test
    void one_request_is_about_one_namespace() {
        var two = "<a xmlns='urn:x'/><b xmlns='urn:y'/>";
        assertThat(error(hamlet.ask(get(two)))).isEqualTo("modify bad-request");
        assertThat(error(hamlet.ask(set(two)))).isEqualTo("modify bad-request");
    }

    @Test
    void reserved_namespaces_are_not_acceptable() {
        for (String reserved : new String[] {
            "<vCard xmlns='vcard-temp'/>",
            "<query xmlns='jabber:iq:roster'/>",
            "<x xmlns='http://jabber.org/protocol/muc'/>",
            "<without/>"
        }) {
            assertThat(error(hamlet.ask(set(reserved)))).as(reserved).isEqualTo("modify not-acceptable");
            assertThat(error(hamlet.ask(get(reserved)))).as(reserved).isEqualTo("modify not-acceptable");
        }
    }

    @Test
    void what_belongs_to_another_is_forbidden() {
        bench.account("macbeth@localhost");
        var data = "<exodus xmlns='exodus:prefs'/>";
        assertThat(error(hamlet.ask(to("macbeth@localhost", set(data))))).isEqualTo("auth forbidden");
        assertThat(error(hamlet.ask(to("macbeth@localhost", get(data))))).isEqualTo("auth forbidden");
    }

    @Test
    void a_document_has_a_size() {
        var refused = hamlet.ask(set("<a xmlns='urn:x'>%s</a>".formatted("x".repeat(300))));
        assertThat(error(refused)).isEqualTo("modify policy-violation");
        assertThat(bench.limitsHit("private")).isEqualTo(1);
        assertThat(query(hamlet.ask(get("<a xmlns='urn:x'/>")))).isEqualTo("<a xmlns='urn:x'/>");
    }

    @Test
    void an_account_has_a_number_of_documents() {
        hamlet.ask(set("<a xmlns='urn:1'/>"));
        hamlet.ask(set("<a xmlns='urn:2'/>"));
        assertThat(error(hamlet.ask(set("<a xmlns='urn:3'/>")))).isEqualTo("modify policy-violation");
        assertThat(bench.limitsHit("private")).isEqualTo(1);
        assertThat(isEmptyResult(hamlet.ask(set("<a xmlns='urn:2'>again</a>")))).isTrue();
    }

    @Test
    void a_removed_account_is_forgotten() {
        hamlet.ask(set("<a xmlns='urn:x'>1</a>"));
        now(bench.accounts.forget(Jid.of("hamlet@localhost")));
        bench.account("hamlet@localhost");
        assertThat(query(hamlet.ask(get("<a xmlns='urn:x'/>")))).isEqualTo("<a xmlns='urn:x'/>");
    }

    @Test
    void nothing_is_kept_for_an_account_that_was_removed_under_its_session() {
        now(bench.accounts.forget(Jid.of("hamlet@localhost")));
        assertThat(error(hamlet.ask(set("<a xmlns='urn:x'>1</a>")))).isEqualTo("auth registration-required");
        bench.account("hamlet@localhost");
        assertThat(query(hamlet.ask(get("<a xmlns='urn:x'/>")))).isEqualTo("<a xmlns='urn:x'/>");
    }

    @Test
    void limits_leave_room_for_something() {
        assertThatThrownBy(() -> new Limits(0, 1))
                .hasMessage("documents and bytes_per_document must be at least 1, were 0 and 1");
        assertThatThrownBy(() -> new Limits(1, 0))
                .hasMessage("documents and bytes_per_document must be at least 1, were 1 and 0");
    }

    private static String set(String content) {
        return "<iq type='set' id='1'><query xmlns='jabber:iq:private'>%s</query></iq>".formatted(content);
    }

    private static String get(String content) {
        return "<iq type='get' id='1'><query xmlns='jabber:iq:private'>%s</query></iq>".formatted(content);
    }

    private static String to(String jid, String iq) {
        return iq.replaceFirst(" id=", " to='" + jid + "' id=");
    }

    private static String query(Element answer) {
        var joined = new StringBuilder();
        Bench.payload(answer).elements().forEach(child -> joined.append(child.toXml()));
        return joined.toString();
    }
}
