package io.escalus4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** The sockets of one {@link Link}, and how they end. Thread-safe. */
final class Line extends SocketFactory {
    private final Pipe out;
    private final Pipe in;
    private final List<LinkSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    Line(Pipe out, Pipe in) {
        this.out = out;
        this.in = in;
    }

    /** Whether the server does not learn that its client has closed the connection. */
    void silent(boolean wanted) {
        silent = wanted;
        if (!wanted) {
            sockets.forEach(LinkSocket::closeIfWanted);
        }
    }

    void end() {
        sockets.forEach(LinkSocket::end);
    }

    void reset() {
        sockets.forEach(LinkSocket::reset);
    }

    @Override
    public Socket createSocket() {
        var socket = new LinkSocket();
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("a wire connects its socket itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
        return createSocket(host.getHostName(), port);
    }

    /** A socket whose bytes go through the link. */
    private final class LinkSocket extends Socket {
        private Optional<LinkOutput> output = Optional.empty();
        private Optional<LinkInput> input = Optional.empty();
        private volatile boolean wanted;
        private volatile boolean over;

        /** A wire of several connections goes on as long as one of them does. */
        private boolean isLast() {
            return sockets.stream().allMatch(other -> other == this || other.wanted || other.over);
        }

        @Override
        public synchronized OutputStream getOutputStream() throws IOException {
            if (output.isEmpty()) {
                output = Optional.of(new LinkOutput(super.getOutputStream(), out));
            }
            return output.get();
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (input.isEmpty()) {
                input = Optional.of(new LinkInput(super.getInputStream(), in, this::getSoTimeout));
            }
            return input.get();
        }

        /** What was sent before still goes out, and nobody waits for it. */
        @Override
        public void close() throws IOException {
            wanted = true;
            if (isLast()) {
                in.close();
            }
            if (silent) {
                deafen();
            } else {
                output().ifPresentOrElse(bytes -> bytes.whenEmpty(this::end), this::end);
            }
        }

        private synchronized Optional<LinkOutput> output() {
            return output;
        }

        /** Wakes whoever reads, and tells the server nothing. */
        private void deafen() {
            quietly(super::shutdownInput);
        }

        void closeIfWanted() {
            if (wanted) {
                end();
            }
        }

        void end() {
            quietly(super::shutdownOutput);
            gone();
        }

        void reset() {
            quietly(() -> setSoLinger(true, 0));
            gone();
        }

        private void gone() {
            quietly(super::close);
            over = true;
            if (isLast()) {
                in.close();
                out.close();
            }
            output().ifPresent(LinkOutput::wake);
        }

        private interface Closing {
            void run() throws IOException;
        }

        private static void quietly(Closing closing) {
            try {
                closing.run();
            } catch (IOException ended) {
                // a connection that cannot be ended has ended
            }
        }
    }
}
