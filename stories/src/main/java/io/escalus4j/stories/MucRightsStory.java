package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.EscalusExtension;
import io.escalus4j.match.Matcher;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what in a room: each of five actors with each request of an administrator, all of them. */
@ExtendWith(EscalusExtension.class)
class MucRightsStory {
    private static final List<String> ACTORS = List.of("owner", "admin", "moderator", "participant", "visitor");

    /**
     * What each request comes to: for the owner, an admin, a moderator without affiliation, a participant, and a visitor.
     * The target, bob, has no affiliation; he is a participant unless the request says otherwise. Where the specification
     * leaves it open, or says two things, each of these is right.
     *
     * <ul>
     *   <li>Whether one kicks one's equals: section 8.2 says who may not, and that is who has a lower affiliation.
     *   <li>An owner who takes the status of an admin: section 5.1.3 lets owners do it, 9.7 says that admins do not.
     *   <li>An admin who bans an admin: section 9.1 says not-allowed of owners, 10.7 forbidden of whoever is no owner.
     *   <li>Whether moderators see the members is an option of the room (16.5.3); nobody defines a list of visitors.
     * </ul>
     */
    private static final String OUTCOMES = """
            kick                    ok  ok  ok           forbidden  forbidden
            grant voice             ok  ok  ok           forbidden  forbidden
            revoke voice            ok  ok  not-allowed  forbidden  forbidden
            grant moderator         ok  ok  forbidden    forbidden  forbidden
            revoke moderator        ok  ok  forbidden    forbidden  forbidden
            ban                     ok  ok  forbidden    forbidden  forbidden
            grant membership        ok  ok  forbidden    forbidden  forbidden
            revoke membership       ok  ok  forbidden    forbidden  forbidden
            lift ban                ok  ok  forbidden    forbidden  forbidden
            grant admin             ok  forbidden    forbidden  forbidden  forbidden
            revoke admin            ok  forbidden    forbidden  forbidden  forbidden
            grant owner             ok  forbidden    forbidden  forbidden  forbidden
            revoke owner            ok  forbidden    forbidden  forbidden  forbidden
            kick owner              ok/not-allowed  not-allowed  not-allowed  forbidden  forbidden
            kick admin              ok  ok/not-allowed  not-allowed  forbidden  forbidden
            revoke voice of admin   not-allowed  not-allowed  not-allowed  forbidden  forbidden
            revoke status of admin  ok/not-allowed  not-allowed  forbidden  forbidden  forbidden
            ban admin               ok  not-allowed/forbidden  forbidden  forbidden  forbidden
            ban owner               ok  not-allowed  forbidden  forbidden  forbidden
            list outcasts           ok  ok  forbidden     forbidden  forbidden
            list members            ok  ok  ok/forbidden  forbidden  forbidden
            list admins             ok  forbidden  forbidden  forbidden  forbidden
            list owners             ok  forbidden  forbidden  forbidden  forbidden
            list moderators         ok  ok  forbidden     forbidden  forbidden
            list participants       ok  ok  ok            forbidden  forbidden
            list visitors           ok  ok  ok/forbidden  forbidden  forbidden
            get configuration       ok  forbidden  forbidden  forbidden  forbidden
            configure               ok  forbidden  forbidden  forbidden  forbidden
            destroy                 ok  forbidden  forbidden  forbidden  forbidden
            """;

    /** How bob becomes what a request is about, if he is not that already. */
    private static final Map<String, Element> BEFORE = Map.ofEntries(
            Map.entry("grant voice", role("bob", "visitor")), Map.entry("revoke moderator", role("bob", "moderator")));

    /** The same by affiliation. */
    private static final Map<String, String> AFFILIATED_BEFORE = Map.ofEntries(
            Map.entry("revoke membership", "member"),
            Map.entry("lift ban", "outcast"),
            Map.entry("revoke admin", "admin"),
            Map.entry("revoke owner", "owner"),
            Map.entry("kick owner", "owner"),
            Map.entry("kick admin", "admin"),
            Map.entry("revoke voice of admin", "admin"),
            Map.entry("revoke status of admin", "admin"),
            Map.entry("ban admin", "admin"),
            Map.entry("ban owner", "owner"));

    private static final Map<String, BiFunction<String, Client, Element>> REQUESTS = Map.ofEntries(
            Map.entry("kick", (room, bob) -> setRole(room, "bob", "none")),
            Map.entry("grant voice", (room, bob) -> setRole(room, "bob", "participant")),
            Map.entry("revoke voice", (room, bob) -> setRole(room, "bob", "visitor")),
            Map.entry("grant moderator", (room, bob) -> setRole(room, "bob", "moderator")),
            Map.entry("revoke moderator", (room, bob) -> setRole(room, "bob", "participant")),
            Map.entry("ban", (room, bob) -> setAffiliation(room, bob.account(), "outcast")),
            Map.entry("grant membership", (room, bob) -> setAffiliation(room, bob.account(), "member")),
            Map.entry("revoke membership", (room, bob) -> setAffiliation(room, bob.account(), "none")),
            Map.entry("lift ban", (room, bob) -> setAffiliation(room, bob.account(), "none")),
            Map.entry("grant admin", (room, bob) -> setAffiliation(room, bob.account(), "admin")),
            Map.entry("revoke admin", (room, bob) -> setAffiliation(room, bob.account(), "member")),
            Map.entry("grant owner", (room, bob) -> setAffiliation(room, bob.account(), "owner")),
            Map.entry("revoke owner", (room, bob) -> setAffiliation(room, bob.account(), "admin")),
            Map.entry("kick owner", (room, bob) -> setRole(room, "bob", "none")),
            Map.entry("kick admin", (room, bob) -> setRole(room, "bob", "none")),
            Map.entry("revoke voice of admin", (room, bob) -> setRole(room, "bob", "visitor")),
            Map.entry("revoke status of admin", (room, bob) -> setRole(room, "bob", "participant")),
            Map.entry("ban admin", (room, bob) -> setAffiliation(room, bob.account(), "outcast")),
            Map.entry("ban owner", (room, bob) -> setAffiliation(room, bob.account(), "outcast")),
            Map.entry("list outcasts", (room, bob) -> getAffiliated(room, "outcast")),
            Map.entry("list members", (room, bob) -> getAffiliated(room, "member")),
            Map.entry("list admins", (room, bob) -> getAffiliated(room, "admin")),
            Map.entry("list owners", (room, bob) -> getAffiliated(room, "owner")),
            Map.entry("list moderators", (room, bob) -> getWithRole(room, "moderator")),
            Map.entry("list participants", (room, bob) -> getWithRole(room, "participant")),
            Map.entry("list visitors", (room, bob) -> getWithRole(room, "visitor")),
            Map.entry("get configuration", (room, bob) -> getRoomConfiguration(room)),
            Map.entry("configure", (room, bob) -> setRoomConfiguration(room, field("muc#roomconfig_roomname", "New"))),
            Map.entry("destroy", (room, bob) -> destroyRoom(room, "Over")));

    static Stream<Arguments> each() {
        return OUTCOMES.lines()
                .map(line -> line.split("  +"))
                .map(row -> Arguments.of(row[0], List.of(row).subList(1, row.length)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("each")
    @Spec(
            xep = 45,
            section = "5.1.1",
            id = {
                "0045-5.1.1-1",
                "0045-8-1",
                "0045-8.2-4",
                "0045-8.4-3",
                "0045-8.4-4",
                "0045-8.4-5",
                "0045-9-1",
                "0045-9.7-1",
                "0045-10.3-1",
                "0045-10.5-1",
                "0045-10.8-1"
            },
            says = "each role has its privileges, and no more")
    @Spec(xep = 45, section = "5.2.1", says = "each affiliation has its privileges, and no more")
    void a_request_is_done_or_refused(String request, List<String> outcomes, Client alice, Client bob, Client kate) {
        var softly = new SoftAssertions();
        for (int i = 0; i < ACTORS.size(); i++) {
            boolean done = outcome(request, ACTORS.get(i), alice, bob, kate).equals("ok");
            List<String> right = List.of(outcomes.get(i).split("/"));

            softly.assertThat(done ? right.contains("ok") : !right.equals(List.of("ok")))
                    .as("%s by %s is %s", request, ACTORS.get(i), done ? "done" : "refused")
                    .isTrue();
        }
        softly.assertAll();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"admin", "moderator", "participant", "visitor"})
    @Spec(
            xep = 45,
            section = "8",
            says = "who may not do it at all gets forbidden, who may not do it to that one gets not-allowed")
    void a_refusal_says_why(String actor, Client alice, Client bob, Client kate) {
        var softly = new SoftAssertions();
        OUTCOMES.lines().map(line -> line.split("  +")).forEach(row -> {
            String outcome = outcome(row[0], actor, alice, bob, kate);
            List<String> right = List.of(row[1 + ACTORS.indexOf(actor)].split("/"));

            softly.assertThat(outcome.equals("ok") || right.equals(List.of("ok")) || right.contains(outcome))
                    .as("%s by %s: %s, not %s", row[0], actor, outcome, right)
                    .isTrue();
        });
        softly.assertAll();
    }

    private static String outcome(String request, String actor, Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        List.of(alice, bob, kate).forEach(client -> client.ignore(from(room)));
        prepare(room, request, actor, alice, bob, kate);
        Client acting = actor.equals("owner") ? alice : kate;
        String outcome = outcome(acting.request(REQUESTS.get(request).apply(room, bob)));
        if (!request.equals("destroy")) {
            alice.request(destroyRoom(room, "over"));
        }
        return outcome;
    }

    private static String outcome(Element answer) {
        return answer.child("error", "jabber:client")
                .map(error -> error.firstElement().orElseThrow().name())
                .orElse("ok");
    }

    private static Matcher from(String room) {
        return anyStanza().fromAnyResourceOf(room);
    }

    private static void prepare(String room, String request, String actor, Client alice, Client bob, Client kate) {
        switch (actor) {
            case "admin" -> alice.iq(setAffiliation(room, kate.account(), "admin"));
            case "moderator", "visitor" -> alice.iq(setRole(room, "kate", actor));
            default -> {}
        }
        if (BEFORE.containsKey(request)) {
            alice.iq(administer(room, BEFORE.get(request)));
        }
        if (AFFILIATED_BEFORE.containsKey(request)) {
            alice.iq(setAffiliation(room, bob.account(), AFFILIATED_BEFORE.get(request)));
        }
    }

    // ---- affiliations

    private static final List<String> AFFILIATIONS = List.of("outcast", "none", "member", "admin", "owner");

    static Stream<Arguments> transitions() {
        return Stream.of("owner", "admin")
                .flatMap(actor -> AFFILIATIONS.stream().map(before -> Arguments.of(actor, before)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"member", "none"})
    @Spec(xep = 45, section = "9", says = "who administers nothing changes no affiliation")
    void who_administers_nothing_changes_no_affiliation(String actor, Client alice, Client bob, Client kate) {
        String room = room(alice, kate);
        List.of(alice, bob, kate).forEach(client -> client.ignore(from(room)));
        alice.iq(setAffiliation(room, kate.account(), actor));
        for (String before : AFFILIATIONS) {
            alice.iq(setAffiliation(room, bob.account(), before));
            AFFILIATIONS.stream()
                    .filter(after -> !after.equals(before))
                    .forEach(after -> kate.iqError(setAffiliation(room, bob.account(), after)));
        }
    }

    /** Sections 5.2.2, 9.1 and 10: an admin deals with those below, and with nobody else; an owner with all. */
    private static boolean may(String actor, String before, String after) {
        return actor.equals("owner") || Stream.of(before, after).noneMatch(List.of("admin", "owner")::contains);
    }

    @ParameterizedTest(name = "{1} by {0}")
    @MethodSource("transitions")
    @Spec(
            xep = 45,
            section = "5.2.2",
            id = {"0045-5.2.2-1", "0045-9.1-6", "0045-9.4-1"},
            says = "affiliations change in the ways that are defined, and in no others")
    void an_affiliation_changes_or_does_not(String actor, String before, Client alice, Client bob, Client kate) {
        String room = room(alice, kate);
        List.of(alice, bob, kate).forEach(client -> client.ignore(from(room)));
        alice.iq(setAffiliation(room, kate.account(), actor));
        var softly = new SoftAssertions();
        for (String after : AFFILIATIONS) {
            alice.iq(setAffiliation(room, bob.account(), before));

            boolean done = outcome(kate.request(setAffiliation(room, bob.account(), after)))
                    .equals("ok");

            boolean isChange = !before.equals(after);
            softly.assertThat(isChange && done)
                    .as("%s makes %s %s", actor, before, after)
                    .isEqualTo(isChange && may(actor, before, after));
            softly.assertThat(standing(room, alice, bob))
                    .as("%s made %s %s: %s", actor, before, after, done)
                    .isEqualTo(done ? after : before);
        }
        softly.assertAll();
    }

    private static String standing(String room, Client owner, Client of) {
        return Stream.of("outcast", "member", "admin", "owner")
                .filter(affiliation -> owner.iq(getAffiliated(room, affiliation))
                        .toXml()
                        .contains(of.account().toString()))
                .findFirst()
                .orElse("none");
    }
}
