package io.escalus4j.server.xep.muc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForAffiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForRole;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one item asks for, as it is written. */
class AdminItemTest {
    private static AdminItem read(String item) {
        return AdminItem.read(Element.parse("<item xmlns='" + MucXml.ADMIN + "' " + item + "</item>"));
    }

    @Test
    void a_role_is_for_a_nickname_whatever_else_is_said() {
        assertThat(read("nick='bob' role='none' jid='bob@localhost'><reason>Enough</reason>"))
                .isEqualTo(new ForRole("bob", Role.NONE, Optional.of("Enough")));
    }

    @Test
    void an_affiliation_is_for_an_account_whatever_the_device() {
        assertThat(read("jid='BOB@localhost/phone' affiliation='member' nick='bob'>"))
                .isEqualTo(new ForAffiliation(
                        Jid.of("bob@localhost"), Affiliation.MEMBER, Optional.of("bob"), Optional.empty()));
        assertThat(read("jid='bob@localhost' affiliation='none' nick=''>"))
                .isEqualTo(new ForAffiliation(
                        Jid.of("bob@localhost"), Affiliation.NONE, Optional.of(""), Optional.empty()));
    }

    @Test
    void a_domain_can_be_banned_and_let_in_again() {
        assertThat(read("jid='example.org' affiliation='outcast'>")).isInstanceOf(ForAffiliation.class);
        assertThat(read("jid='example.org' affiliation='none'>")).isInstanceOf(ForAffiliation.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'>', bad-request",
        "'nick=''bob''>', bad-request",
        "'role=''visitor''>', bad-request",
        "'affiliation=''member''>', bad-request",
        "'nick=''bob'' role=''visitor'' affiliation=''member''>', bad-request",
        "'nick=''bob'' role=''Visitor''>', bad-request",
        "'nick=''bob'' role=''''>', bad-request",
        "'jid=''bob@localhost'' affiliation=''friend''>', bad-request",
        "'jid=''a@@b'' affiliation=''member''>', jid-malformed",
        "'jid='''' affiliation=''member''>', jid-malformed",
        "'jid=''example.org'' affiliation=''owner''>', bad-request",
        "'jid=''example.org/x'' affiliation=''admin''>', bad-request"
    })
    void what_cannot_be_asked_is_refused(String item, String condition) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> read(item))
                .satisfies(refused ->
                        assertThat(refused.error().condition().wire()).isEqualTo(condition));
    }
}
