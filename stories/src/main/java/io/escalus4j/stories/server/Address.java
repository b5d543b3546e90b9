package io.escalus4j.stories.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Where a server listens: {@code HOST:PORT}, an IPv6 host in brackets. */
public record Address(String host, int port) {
    private static final int CONNECT_MILLIS = 3000;

    /** @throws IllegalArgumentException if {@code text} is not {@code HOST:PORT} */
    public static Address of(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(
                    "target '%s' is unknown, it must be embedded, standalone or HOST:PORT with a port up to 65535"
                            .formatted(text));
        }
        return new Address(host.replaceAll("^\\[|]$", ""), Integer.parseInt(port));
    }

    /** The XMPP domain that one expects there: the host, but no domain is called by a loopback address. */
    public String domain() {
        return host.startsWith("127.") || host.equals("::1") ? "localhost" : host;
    }

    public InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    /** Whether somebody accepts connections there. */
    public boolean answers() {
        try (var probe = new Socket()) {
            probe.connect(socket(), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
