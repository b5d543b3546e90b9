package io.escalus4j.peer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;

/** Sockets whose readers do not notice that they are closed, until they are released. */
public final class StuckSockets extends SocketFactory {
    private final CountDownLatch released;

    public StuckSockets(CountDownLatch released) {
        this.released = released;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void setSoTimeout(int millis) throws SocketException {
                if (isClosed()) {
                    awaitRelease();
                }
                super.setSoTimeout(millis);
            }

            @Override
            public InputStream getInputStream() throws IOException {
                if (isClosed()) {
                    awaitRelease();
                }
                return stuck(super.getInputStream());
            }
        };
    }

    private InputStream stuck(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = -1;
                try {
                    read = super.read(bytes, offset, length);
                } finally {
                    if (read < 0) {
                        awaitRelease();
                    }
                }
                return read;
            }
        };
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("connect it yourself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException("connect it yourself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException("connect it yourself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException("connect it yourself");
    }
}
