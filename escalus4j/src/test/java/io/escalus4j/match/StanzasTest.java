package io.escalus4j.match;

import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

class StanzasTest {
    private static final Element HI =
            chat(ALICE, BOB, "Hi").with("id", "1").with(Element.of("request", "urn:xmpp:receipts"));

    @Test
    void what_holds_can_be_chained() {
        Stanzas.assertThat(HI)
                .isMessage()
                .isChatMessage()
                .isOfType("chat")
                .isFrom(ALICE)
                .isTo(BOB)
                .hasId("1")
                .hasAttribute("id", "1")
                .hasBody("Hi")
                .hasText("Hi", "body")
                .hasChild("request", "urn:xmpp:receipts")
                .hasNoChild("received", "urn:xmpp:receipts")
                .isLike(Element.of("message", CLIENT).with("id", "1"))
                .matches(Matchers.message());
        Stanzas.assertThat(People.presence()).isPresence();
        Stanzas.assertThat(People.iq("result", "1")).isIq().isIqResult();
        Stanzas.assertThat(People.error(HI, "conflict")).isError("conflict");
    }

    static java.util.stream.Stream<Function<StanzaAssert, StanzaAssert>> wrong() {
        return java.util.stream.Stream.of(
                StanzaAssert::isPresence,
                StanzaAssert::isIq,
                StanzaAssert::isIqResult,
                stanza -> stanza.isError("conflict"),
                stanza -> stanza.isOfType("headline"),
                stanza -> stanza.isFrom(BOB),
                stanza -> stanza.isTo(ALICE),
                stanza -> stanza.hasId("2"),
                stanza -> stanza.hasAttribute("id", "2"),
                stanza -> stanza.hasBody("Ho"),
                stanza -> stanza.hasText("Ho", "body"),
                stanza -> stanza.hasChild("received", "urn:xmpp:receipts"),
                stanza -> stanza.hasNoChild("request", "urn:xmpp:receipts"),
                stanza -> stanza.isLike(Element.of("presence", CLIENT)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_does_not_hold_throws(Function<StanzaAssert, StanzaAssert> assertion) {
        assertThatThrownBy(() -> assertion.apply(Stanzas.assertThat(HI)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAIL ");
    }

    @Test
    void the_error_has_the_claims_and_the_stanza() {
        assertThatThrownBy(() -> Stanzas.assertThat(HI).isMessage().hasBody("Ho"))
                .hasMessage("expected: any stanza with body \"Ho\"\n  FAIL body is 'Ho', but was 'Hi'\n"
                        + "<message type='chat' from='alice-4f2a@localhost/res1' to='bob-91cc@localhost/res1' id='1'>\n"
                        + "  <body>Hi</body>\n  <request xmlns='urn:xmpp:receipts'/>\n</message>");
        assertThatThrownBy(() -> Stanzas.assertThat(People.presence()).isChatMessage())
                .hasMessage(
                        "expected: chat message\n  FAIL is a message, but was a presence\n  FAIL type is chat, but was available\n"
                                + "<presence/>\ndiffers at /message: wanted <message/>, was <presence/>\n"
                                + "differs at /message/@type: wanted attribute type, was absent");
    }
}
