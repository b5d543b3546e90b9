package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.FastTokens;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client asks for in one go (XEP-0388 section 2.3). Its texts do not have what was sent. */
record AuthenticationRequest(Element sent) {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Counting begins above 0, which is what has not been used yet. */
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,9}");

    String mechanism() {
        return sent.attribute("mechanism", "");
    }

    Optional<String> initialResponse() {
        return sent.childText("initial-response");
    }

    /** What the client calls its installation, empty if it says nothing or no UUID. */
    String agent() {
        return sent.child("user-agent", Ns.SASL2)
                .flatMap(agent -> agent.attribute("id"))
                .filter(id -> UUID.matcher(id).matches())
                .orElse("");
    }

    /** A session to go on with (XEP-0198 section 9.2). */
    Optional<Element> resume() {
        return sent.child("resume", Ns.SM);
    }

    /** A resource to bind (XEP-0386). */
    Optional<Element> bind() {
        return sent.child("bind", Ns.BIND2);
    }

    /** How a token is used; empty if none is (XEP-0484 section 3.3). */
    Optional<FastTokens.Use> token() {
        return sent.child("fast", Ns.FAST).map(fast -> new FastTokens.Use(agent(), count(fast), isLast(fast)));
    }

    private static long count(Element fast) {
        return fast.attribute("count")
                .map(text -> COUNT.matcher(text).matches() ? Long.parseLong(text) : -1)
                .orElse(0L);
    }

    private static boolean isLast(Element fast) {
        String text = fast.attribute("invalidate", "false");
        return text.equals("true") || text.equals("1");
    }

    /** The mechanism that the client would like to have a token for (section 3.2). */
    Optional<String> wantedToken() {
        return sent.child("request-token", Ns.FAST).map(wanted -> wanted.attribute("mechanism", ""));
    }

    @Override
    public String toString() {
        return mechanism();
    }
}
