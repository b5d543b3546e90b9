package io.escalus4j.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;

/**
 * What a SCRAM exchange says of the channel and of whom to act for (RFC 5801 section 4): {@code n,,}, {@code y,,} or
 * {@code p=tls-exporter,a=alice@localhost,}.
 *
 * @param data of the channel binding, none without one
 */
record Gs2(String header, byte[] data) {
    static final Gs2 NONE = new Gs2("n,,", new byte[0]);

    /** @param plus whether the mechanism is one that binds to the channel */
    static Gs2 of(Connection connection, boolean plus) {
        String authzid = connection.settings().authorization();
        String rest = ',' + (authzid.isEmpty() ? "" : "a=" + Scram.escaped(authzid)) + ',';
        if (plus) {
            var binding = binding(connection).orElseThrow(() -> new IllegalStateException(noBinding(connection)));
            return new Gs2(
                    "p=" + binding.type() + rest, data(connection, binding).orElseThrow());
        }
        return new Gs2((canBindInVain(connection) ? 'y' : 'n') + rest, new byte[0]);
    }

    /** The strongest that this connection has, the server announces and the settings allow. */
    static Optional<ChannelBinding> binding(Connection connection) {
        SaslOffer offer = connection.offer();
        return Arrays.stream(ChannelBinding.values())
                .filter(binding -> connection.settings().channelBinding().orElse(binding) == binding)
                .filter(binding -> offer.announces(binding) || isAnyones(offer, binding))
                .filter(binding -> data(connection, binding).isPresent())
                .findFirst();
    }

    /** A server that tells no types has this one, if any (XEP-0440 section 3). */
    private static boolean isAnyones(SaslOffer offer, ChannelBinding binding) {
        return offer.bindings().isEmpty() && binding == ChannelBinding.TLS_SERVER_END_POINT;
    }

    private static Optional<byte[]> data(Connection connection, ChannelBinding binding) {
        Optional<SSLSession> session = connection.wire().tlsSession();
        return session.flatMap(binding::of);
    }

    /** Whether this connection has any channel binding, so that it is remarkable if the server offers none. */
    static boolean canBind(Connection connection) {
        return Arrays.stream(ChannelBinding.values())
                .anyMatch(binding -> data(connection, binding).isPresent());
    }

    /** The flag {@code y}: "I could, but you do not offer it" (RFC 5802 section 6). */
    private static boolean canBindInVain(Connection connection) {
        SaslOffer offer = connection.offer();
        return !offer.bindsToChannels() && offer.bindings().isEmpty() && canBind(connection);
    }

    static String noBinding(Connection connection) {
        String ours = Arrays.stream(ChannelBinding.values())
                .filter(binding -> data(connection, binding).isPresent())
                .map(ChannelBinding::type)
                .collect(Collectors.joining(" "));
        String theirs = String.join(" ", connection.offer().bindings().orElse(List.of()));
        return "no common channel binding: the server announces %s, this connection has %s (XEP-0440 section 3)"
                .formatted(theirs.isEmpty() ? "none" : theirs, ours.isEmpty() ? "none" : ours);
    }

    /** What the client's final message repeats. */
    byte[] input() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }
}
