package io.escalus4j.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes sockets that connect from one address of the machine, on any port. Thread-safe. */
final class SourceAddress extends SocketFactory {
    private final InetAddress from;
    private final SocketFactory sockets;

    SourceAddress(InetAddress from, SocketFactory sockets) {
        this.from = from;
        this.sockets = sockets;
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = sockets.createSocket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            return socket;
        } catch (IOException cannotBind) {
            socket.close();
            throw new IOException(
                    "cannot connect from %s: %s".formatted(from.getHostAddress(), cannotBind.getMessage()), cannotBind);
        }
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(address);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    /** The local address is ours to choose. */
    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }
}
