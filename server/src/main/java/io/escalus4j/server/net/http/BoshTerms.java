package io.escalus4j.server.net.http;

import io.escalus4j.exml.Attribute;
import io.escalus4j.server.config.BoshConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What client and server have agreed on for a session (XEP-0124 section 7). Immutable.
 *
 * @param waitTime how long a request is held at most
 * @param hold how many requests are held at most; none in a session that is polled
 * @param requests how many a client may have on their way
 * @param acknowledges whether the client says what it has got (section 9)
 */
record BoshTerms(
        String sid,
        String to,
        long firstRid,
        Duration waitTime,
        int hold,
        int requests,
        boolean acknowledges,
        String contentType,
        boolean secure,
        InetAddress address,
        BoshConfig config) {
    private static final String VERSION = "1.11";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+(; ?charset=[A-Za-z0-9-]+)?");

    static BoshTerms agreed(BoshRequest request, String sid, BoshConfig config) {
        var body = request.body();
        int wait = (int) Math.min(
                body.seconds("wait").orElse(Integer.MAX_VALUE),
                config.waitTime().toSeconds());
        int hold = Math.min(body.seconds("hold").orElse(1), config.hold());
        return new BoshTerms(
                sid,
                body.attribute("to").orElseThrow(),
                request.rid(),
                Duration.ofSeconds(wait),
                wait == 0 ? 0 : hold,
                hold + 1,
                body.attribute("ack").isPresent(),
                body.attribute("content")
                        .filter(type -> MEDIA_TYPE.matcher(type).matches())
                        .orElse(BoshRequest.CONTENT_TYPE),
                request.secure(),
                request.address(),
                config);
    }

    /** Whether the client asks every now and then instead of having requests held (section 12). */
    boolean isPolled() {
        return hold == 0;
    }

    /** What the first answer says. */
    BoshBody told() {
        var told = BoshBody.empty()
                .with("sid", sid)
                .with("from", to)
                .with("ver", VERSION)
                .with("wait", seconds(waitTime))
                .with("hold", Integer.toString(hold))
                .with("requests", Integer.toString(requests))
                .with("inactivity", seconds(config.inactivity()))
                .with("maxpause", seconds(config.pauseTime()))
                .with("polling", seconds(config.polling()));
        return new BoshBody(told.element().with(attribute("version", "1.0")).with(attribute("restartlogic", "true")));
    }

    private static Attribute attribute(String name, String value) {
        return new Attribute("xmpp", name, BoshBody.XBOSH, value);
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }
}
