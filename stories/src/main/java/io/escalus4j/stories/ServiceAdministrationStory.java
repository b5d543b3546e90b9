package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.Commands.command;
import static io.escalus4j.stories.Commands.completed;
import static io.escalus4j.stories.Commands.fields;
import static io.escalus4j.stories.Commands.perform;
import static io.escalus4j.stories.Commands.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Jid;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.Admin;
import io.escalus4j.users.User;

/** An administrator at work, by ad-hoc commands: XEP-0050 and XEP-0133. */
class ServiceAdministrationStory {
    @Story
    @Spec(xep = 133, section = "4.1", says = "an administrator adds a user, who can then log in")
    void an_administrator_adds_a_user(Scene scene) {
        Client admin = Admin.connect(scene);
        Jid kate = scene.user("kate").jid();
        Jid added = Jid.of(kate.local() + "-added", kate.domain());

        Element done = perform(
                admin, "add-user", fields("accountjid", added, "password", "Secret-1", "password-verify", "Secret-1"));

        assertThat(done).matches(completed());
        Client newcomer = scene.connect("kate2", settings -> settings.withCredentials(added.local(), "Secret-1"));
        assertThat(newcomer.account()).isEqualTo(added);
        newcomer.close();
        assertThat(perform(admin, "delete-user", fields("accountjids", added))).matches(completed());
    }

    @Story
    @Spec(xep = 133, section = "4.2", says = "an administrator deletes a user, whose stream is closed")
    void an_administrator_deletes_a_user(Scene scene, Client bob) {
        Client admin = Admin.connect(scene);

        assertThat(perform(admin, "delete-user", fields("accountjids", bob.account())))
                .matches(completed());

        bob.expectStreamError("not-authorized");
    }

    @Story
    @Spec(xep = 133, section = "4.8", says = "an administrator changes a user's password")
    void an_administrator_changes_a_password(Scene scene) {
        Client admin = Admin.connect(scene);
        User bob = scene.user("bob");

        Element done = perform(admin, "change-user-password", fields("accountjid", bob.jid(), "password", "Secret-2"));

        assertThat(done).matches(completed());
        Client again = scene.connect("bob", settings -> settings.withPassword("Secret-2"));
        assertThat(again.account()).isEqualTo(bob.jid());
        again.iq(changePassword(bob.jid().local(), bob.password()));
    }

    @Story
    @Spec(xep = 133, section = "4.13", says = "an administrator is told how many users are online")
    void an_administrator_counts_who_is_online(Scene scene, Client alice, Client bob) {
        Client admin = Admin.connect(scene);
        Commands.require(admin, "get-online-users-num");

        Element form = admin.iq(execute(admin.jid().domain(), Commands.ADMIN + "#get-online-users-num"));

        assertThat(form).matches(completed());
        assertThat(Integer.parseInt(value(form, "onlineusersnum"))).isGreaterThanOrEqualTo(2);
    }

    @Story
    @Spec(xep = 133, section = "3", says = "who is no administrator is forbidden to be one")
    void a_user_is_no_administrator(Client alice) {
        assertThat(alice.request(execute(alice.jid().domain(), Commands.ADMIN + "#add-user")))
                .matches(iqError("forbidden"));
    }

    @Story
    @Spec(xep = 50, section = "3.1", says = "the commands are listed as items of a node")
    void the_commands_are_listed(Scene scene) {
        Client admin = Admin.connect(scene);

        Element items = admin.iq(getDiscoItems(admin.jid().domain(), Commands.NS));

        assertThat(items)
                .matches(iqResult()
                        .withChild(element("query", "http://jabber.org/protocol/disco#items")
                                .withChild(element("item", "http://jabber.org/protocol/disco#items")
                                        .withAttribute("node", Commands.ADMIN + "#add-user"))));
    }

    @Story
    @Spec(xep = 50, section = "3.4", says = "a command that was cancelled is over")
    void a_command_is_cancelled(Scene scene) {
        Client admin = Admin.connect(scene);
        Element started = command(admin.iq(execute(admin.jid().domain(), Commands.ADMIN + "#add-user")));

        Element cancelled = admin.iq(iqSet(
                admin.jid().domain(),
                Element.of("command", Commands.NS)
                        .with("node", Commands.ADMIN + "#add-user")
                        .with("sessionid", started.attribute("sessionid", ""))
                        .with("action", "cancel")));

        assertThat(command(cancelled).attribute("status", "")).isEqualTo("canceled");
    }
}
