package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static java.time.Duration.ofMillis;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.Time;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.Admin;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Transport;

/** What a server does when time goes by: each story has a server to itself and owns its time. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
        because = "a client on HTTP must answer in the server's time")
class TimeStory {
    private static final int RESUME_MINUTES = 5;
    private static final int LOGIN_SECONDS = 30;
    private static final int COMMAND_MINUTES = 10;

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            xep = 198,
            section = "5",
            says = "a session that nobody resumes in time ends, and its contacts learn it then and not before")
    void who_does_not_come_back_in_time_is_gone(Scene scene, Client alice, Client bob, Time time) {
        alice.ignore(presence());
        Client alice2 = scene.connectManaged("alice2");
        alice2.send(initialPresence());
        bob.expect(available().from(alice2));
        alice2.kill();

        time.advance(RESUME_MINUTES * 60_000L - 1, MILLIS);
        bob.expectNothing();

        time.advance(1, MILLIS);
        bob.expect(unavailable().from(alice2));
    }

    @Story
    @Spec(
            xep = 198,
            section = "5",
            says = "a resumption that comes too late is refused, and tells what had been handled")
    void a_resumption_that_comes_too_late_is_refused(Scene scene, Time time) {
        Client alice = scene.connectManaged("alice");
        alice.kill();

        time.advance(RESUME_MINUTES, MINUTES);

        assertThatThrownBy(() -> scene.resume(alice))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("item-not-found");
    }

    @Story
    @Spec(xep = 198, section = "5", says = "what was not acknowledged when a session ended waits for its account")
    void a_message_to_a_half_open_client_waits_for_its_next_session(Scene scene, Client bob, Time time) {
        Client alice = scene.connectManaged("alice");
        alice.send(initialPresence());
        alice.expect(available().from(alice));
        alice.link().halfOpen();
        bob.send(chat(alice.account(), "are you there?"));
        alice.kill();
        alice.link().heal();
        bob.fence();

        time.advance(RESUME_MINUTES, MINUTES);

        Client again = scene.connect("alice2", settings -> settings);
        again.send(initialPresence());
        again.expect(chatMessage("are you there?").from(bob));
        again.expect(available().from(again));
    }

    @Story
    @Spec(rfc = 6120, section = "4.9.3.4", says = "a stream on which nobody logs in ends with connection-timeout")
    void who_does_not_log_in_is_sent_away(Scene scene, Time time) {
        Client silent = scene.connect("alice", settings -> settings.withSteps(Steps.openStream()));

        time.advance(LOGIN_SECONDS, SECONDS);

        silent.expectStreamError("connection-timeout");
    }

    @Story
    @Spec(xep = 50, section = "3.3", says = "a command that its requester has left alone for too long is over")
    void a_command_that_was_left_alone_is_over(Scene scene, Time time) {
        Client admin = Admin.connect(scene);
        String server = admin.jid().domain();
        String addUser = Commands.ADMIN + "#add-user";
        String session = Commands.command(admin.iq(execute(server, addUser))).attribute("sessionid", "");

        time.advance(COMMAND_MINUTES, MINUTES);

        admin.iqError(submit(server, addUser, session, Commands.form(Commands.fields())), "not-allowed");
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 12, section = "3", says = "who left two hours ago has been away for 7200 seconds")
    void who_left_two_hours_ago_has_been_away_for_so_long(Client alice, Client bob, Time time) {
        bob.close();
        alice.expect(unavailable().from(bob));

        time.advance(2, HOURS);

        assertThat(alice.iq(getLastActivity(bob.account())))
                .matches(iqResult().withChild(element("query", "jabber:iq:last").withAttribute("seconds", "7200")));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(rfc = 6120, section = "4.6.1", says = "nobody is sent away because somebody has set the clock")
    void a_clock_that_is_set_ends_nothing(Scene scene, Client alice, Client bob, Time time) {
        Client alice2 = scene.connectManaged("alice2");
        alice2.kill();

        time.jump(1, DAYS);
        time.jump(-2, DAYS);
        time.advance(1, MINUTES);

        alice.send(chat(bob, "still there?"));
        bob.expect(chatMessage("still there?").from(alice));
        assertThat(scene.resume(alice2).jid()).isEqualTo(alice2.jid());
    }

    @Story
    @Spec(rfc = 6120, section = "10.1", says = "what was sent before time goes on is dealt with before")
    void what_was_sent_before_is_dealt_with_before(Client alice, Client bob, Time time) {
        alice.link().delay(ofMillis(20));
        alice.send(chat(bob, "in time"));

        time.advance(1, DAYS);

        assertThat(bob.peek()).hasSize(1);
        bob.expect(chatMessage("in time").from(alice));
        bob.expectNothing();
    }
}
