package io.escalus4j.server.xep;

import static io.escalus4j.server.xep.Bench.error;
import static io.escalus4j.server.xep.Bench.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.ServiceAdministration.Limits;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import java.util.LinkedHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAdministrationTest {
    private final Bench bench = new Bench();
    private Bench.Client bard;
    private Bench.Client juliet;

    @BeforeEach
    void install() {
        bench.with(new Disco(bench.context))
                .with(new AdHoc(bench.context, AdHoc.Limits.STANDARD))
                .with(new ServiceAdministration(bench.context, new Limits(2)));
        bard = bench.connect("bard@localhost/globe");
        juliet = bench.connect("juliet@localhost/balcony");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    // ---- who may

    @Test
    void an_admin_sees_the_commands_and_nobody_else_does() {
        var node =
                "<iq type='get' id='1' to='localhost'><query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/></iq>";
        assertThat(payload(bard.ask(node)).elements())
                .extracting(item -> item.attribute("node", ""))
                .containsExactlyInAnyOrder(
                        "http://jabber.org/protocol/admin#add-user",
                        "http://jabber.org/protocol/admin#delete-user",
                        "http://jabber.org/protocol/admin#change-user-password",
                        "http://jabber.org/protocol/admin#end-user-session",
                        "http://jabber.org/protocol/admin#get-registered-users-num",
                        "http://jabber.org/protocol/admin#get-registered-users-list",
                        "http://jabber.org/protocol/admin#get-online-users-num",
                        "http://jabber.org/protocol/admin#get-online-users-list",
                        "http://jabber.org/protocol/admin#announce");
        assertThat(payload(juliet.ask(node)).elements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add-user",
                "delete-user",
                "change-user-password",
                "end-user-session",
                "get-registered-users-num",
                "get-registered-users-list",
                "get-online-users-num",
                "get-online-users-list",
                "announce"
            })
    void who_is_no_admin_is_forbidden(String command) {
        assertThat(error(juliet.ask(execute("localhost", command)))).isEqualTo("cancel forbidden");
    }

    // ---- accounts

    @Test
    void the_form_for_a_user_is_that_of_the_xep() {
        var form = form(bard.ask(execute("localhost", "add-user")));
        assertThat(form.title()).contains("Adding a User");
        assertThat(form.value("FORM_TYPE")).contains("http://jabber.org/protocol/admin");
        assertThat(form.fields())
                .extracting(FormField::name)
                .containsExactly("FORM_TYPE", "accountjid", "password", "password-verify");
        assertThat(form.field("accountjid").map(FormField::required)).contains(true);
    }

    @Test
    void a_user_is_added() {
        var done = run("add-user", "accountjid=romeo@localhost", "password=R0m30", "password-verify=R0m30");
        assertThat(payload(done).attribute("status")).contains("completed");
        assertThat(bench.passwordIs("romeo@localhost", "R0m30")).isTrue();
    }

    @Test
    void a_user_is_added_without_the_password_again() {
        run("add-user", "accountjid=romeo@localhost", "password=R0m30");
        assertThat(bench.passwordIs("romeo@localhost", "R0m30")).isTrue();
    }

    @Test
    void a_user_that_is_there_is_a_conflict() {
        var refused = run("add-user", "accountjid=juliet@localhost", "password=R0m30");
        assertThat(error(refused)).isEqualTo("cancel conflict");
        assertThat(refused.toXml()).doesNotContain("R0m30");
    }

    @Test
    void two_passwords_that_differ_are_not_acceptable() {
        var refused = run("add-user", "accountjid=romeo@localhost", "password=R0m30", "password-verify=R0meo");
        assertThat(error(refused)).isEqualTo("modify not-acceptable");
        assertThat(bench.exists("romeo@localhost")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"romeo@example.org", "localhost", "romeo@localhost/orchard"})
    void an_account_is_a_bare_jid_of_the_domain_that_was_asked(String jid) {
        assertThat(error(run("add-user", "accountjid=" + jid, "password=R0m30")))
                .isEqualTo("modify not-acceptable");
        assertThat(error(run("change-user-password", "accountjid=" + jid, "password=R0m30")))
                .isEqualTo("modify not-acceptable");
        assertThat(error(run("delete-user", "accountjids=" + jid))).isEqualTo("modify not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({"add-user, accountjid=@", "add-user, password=x", "delete-user, accountjids=a@b@c", "announce, x=y"})
    void an_answer_to_another_form_is_a_bad_payload(String command, String field) {
        assertThat(error(run(command, field))).isEqualTo("modify bad-request bad-payload");
    }

    @Test
    void an_admin_administers_every_domain() {
        bard.send(execute("example.org", "add-user"));
        var session = payload(bard.session.taken().get(0)).attribute("sessionid", "");
        var done =
                bard.ask(submit("example.org", "add-user", session, "accountjid=romeo@example.org", "password=R0m30"));
        assertThat(payload(done).attribute("status")).contains("completed");
        assertThat(bench.exists("romeo@example.org")).isTrue();
    }

    @Test
    void a_password_is_changed() {
        assertThat(form(bard.ask(execute("localhost", "change-user-password"))).fields())
                .filteredOn(FormField::required)
                .extracting(FormField::name)
                .containsExactly("accountjid", "password");
        run("change-user-password", "accountjid=juliet@localhost", "password=V3r0n4");
        assertThat(bench.passwordIs("juliet@localhost", "V3r0n4")).isTrue();
    }

    @Test
    void the_password_of_nobody_is_not_changed() {
        var refused = run("change-user-password", "accountjid=nobody@localhost", "password=V3r0n4");
        assertThat(error(refused)).isEqualTo("cancel item-not-found");
        assertThat(bench.exists("nobody@localhost")).isFalse();
    }

    @Test
    void a_password_that_saslprep_refuses_is_not_acceptable() {
        assertThat(error(run("add-user", "accountjid=romeo@localhost", "password=a\u0627b")))
                .isEqualTo("modify not-acceptable");
    }

    @Test
    void where_hashing_is_busy_one_has_to_wait() {
        bench.hashOn(task -> {
            throw new RejectedExecutionException();
        });
        assertThat(error(run("change-user-password", "accountjid=juliet@localhost", "password=x")))
                .isEqualTo("wait resource-constraint");
    }

    @Test
    void users_are_deleted_with_their_sessions() {
        bench.account("romeo@localhost");
        var done = run("delete-user", "accountjids=juliet@localhost", "accountjids=romeo@localhost");
        assertThat(payload(done).attribute("status")).contains("completed");
        assertThat(bench.exists("juliet@localhost")).isFalse();
        assertThat(bench.exists("romeo@localhost")).isFalse();
        assertThat(juliet.session.taken())
                .singleElement()
                .satisfies(end -> assertThat(streamError(end)).isEqualTo("not-authorized"));
    }

    @Test
    void nobody_is_deleted_where_one_of_them_is_not_there() {
        var refused = run("delete-user", "accountjids=juliet@localhost", "accountjids=nobody@localhost");
        assertThat(error(refused)).isEqualTo("cancel item-not-found");
        assertThat(refused.toXml()).contains("nobody@localhost");
        assertThat(bench.exists("juliet@localhost")).isTrue();
    }

    @Test
    void an_admin_who_deletes_their_own_account_is_answered_first() {
        var session = open("delete-user");
        bard.send(submit("localhost", "delete-user", session, "accountjids=bard@localhost"));
        assertThat(bard.session.taken())
                .satisfiesExactly(
                        answer ->
                                assertThat(payload(answer).attribute("status")).contains("completed"),
                        end -> assertThat(streamError(end)).isEqualTo("not-authorized"));
    }

    // ---- sessions

    @Test
    void all_sessions_of_an_account_are_ended() {
        var phone = bench.connect("juliet@localhost/phone");
        var done = run("end-user-session", "accountjids=juliet@localhost");
        assertThat(payload(done).childText("note")).contains("sessions ended: 2");
        assertThat(streamError(juliet.session.taken().get(0))).isEqualTo("policy-violation");
        assertThat(streamError(phone.session.taken().get(0))).isEqualTo("policy-violation");
        assertThat(bench.exists("juliet@localhost")).isTrue();
    }

    @Test
    void one_session_is_ended_and_no_other() {
        var phone = bench.connect("juliet@localhost/phone");
        var done = run("end-user-session", "accountjids=juliet@localhost/phone", "accountjids=juliet@localhost/gone");
        assertThat(payload(done).childText("note")).contains("sessions ended: 1");
        assertThat(phone.session.taken()).hasSize(1);
        assertThat(juliet.session.taken()).isEmpty();
    }

    @Test
    void sessions_at_another_domain_are_not_ended() {
        var other = bench.connect("romeo@example.org/orchard");
        assertThat(error(run("end-user-session", "accountjids=romeo@example.org")))
                .isEqualTo("modify not-acceptable");
        assertThat(other.session.taken()).isEmpty();
    }

    // ---- numbers and lists

    @Test
    void users_are_counted_per_domain() {
        bench.account("romeo@localhost");
        bench.account("romeo@example.org");
        bench.connect("juliet@localhost/phone");
        bench.connect("puck@example.org/wood");
        assertThat(form(bard.ask(execute("localhost", "get-registered-users-num")))
                        .value("registeredusersnum"))
                .contains("3");
        assertThat(form(bard.ask(execute("localhost", "get-online-users-num"))).value("onlineusersnum"))
                .contains("2");
        assertThat(form(bard.ask(execute("example.org", "get-registered-users-num")))
                        .value("registeredusersnum"))
                .contains("2");
    }

    @Test
    void a_number_comes_as_a_result_of_the_xeps_form() {
        var command = payload(bard.ask(execute("localhost", "get-online-users-num")));
        assertThat(command.attribute("status")).contains("completed");
        assertThat(command.child("x", DataForm.NS)).contains(Element.parse("""
                                <x xmlns='jabber:x:data' type='result'>\
                                <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/admin</value></field>\
                                <field var='onlineusersnum' type='text-single' label='The number of online users'>\
                                <value>2</value></field></x>"""));
    }

    @Test
    void users_are_listed_in_order() {
        assertThat(form(bard.ask(execute("localhost", "get-registered-users-list")))
                        .values("registereduserjids"))
                .containsExactly("bard@localhost", "juliet@localhost");
        assertThat(form(bard.ask(execute("localhost", "get-online-users-list"))).values("onlineuserjids"))
                .containsExactly("bard@localhost", "juliet@localhost");
    }

    @Test
    void a_list_that_is_cut_says_so() {
        bench.account("romeo@localhost");
        var command = payload(bard.ask(execute("localhost", "get-registered-users-list")));
        assertThat(DataForm.in(command).orElseThrow().values("registereduserjids"))
                .hasSize(2);
        assertThat(command.childText("note")).contains("the first 2 of 3 are listed");
    }

    // ---- announcements

    @Test
    void an_announcement_goes_to_all_sessions_of_the_domain_as_a_headline() {
        var elsewhere = bench.connect("puck@example.org/wood");
        var session = open("announce");
        bard.send(submit("localhost", "announce", session, "announcement=Attention!", "announcement=Log off now!"));
        assertThat(juliet.session.taken()).containsExactly(Bench.xml("""
                        <message type='headline' from='localhost' to='juliet@localhost/balcony'>\
                        <body>Attention!\nLog off now!</body></message>"""));
        assertThat(bard.session.taken()).extracting(Element::name).containsExactly("message", "iq");
        assertThat(elsewhere.session.taken()).isEmpty();
    }

    // ---- configuration

    @Test
    void a_list_has_room_for_something() {
        assertThatThrownBy(() -> new Limits(0)).hasMessage("listed must be at least 1, was 0");
    }

    // ---- helpers

    /** Executes a command and submits its form, each field as {@code name=value}. */
    private Element run(String command, String... fields) {
        return bard.ask(submit("localhost", command, open(command), fields));
    }

    private String open(String command) {
        return payload(bard.ask(execute("localhost", command))).attribute("sessionid", "");
    }

    private static String execute(String domain, String command) {
        return """
                <iq type='set' id='1' to='%s'><command xmlns='http://jabber.org/protocol/commands'\
                 action='execute' node='http://jabber.org/protocol/admin#%s'/></iq>""".formatted(domain, command);
    }

    private static String submit(String domain, String command, String session, String... fields) {
        var values = new LinkedHashMap<String, String>();
        for (String field : fields) {
            var parts = field.split("=", 2);
            values.merge(parts[0], "<value>" + parts[1] + "</value>", String::concat);
        }
        var form = new StringBuilder("<x xmlns='jabber:x:data' type='submit'>");
        values.forEach((name, value) -> form.append("<field var='%s'>%s</field>".formatted(name, value)));
        return """
                <iq type='set' id='1' to='%s'><command xmlns='http://jabber.org/protocol/commands'\
                 node='http://jabber.org/protocol/admin#%s' sessionid='%s'>%s</x></command></iq>""".formatted(domain, command, session, form);
    }

    private static DataForm form(Element answer) {
        return DataForm.in(payload(answer)).orElseThrow();
    }

    private static String streamError(Element end) {
        return end.firstElement().map(Element::name).orElse("");
    }
}
