package io.escalus4j.stories.coverage;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jacoco.agent.rt.RT;
import org.jacoco.core.data.ExecutionDataReader;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.runtime.RemoteControlReader;
import org.jacoco.core.runtime.RemoteControlWriter;

/**
 * What JaCoCo's agents have seen since they were last asked, in this JVM and in all that were started with
 * {@link #agentOption}: those connect to a port of ours, so that no port need be guessed. Thread-safe.
 */
final class Probes implements Closeable {
    private static final String MEASURED = "includes=io.escalus4j.*";

    private final ServerSocket port;
    private final boolean here;
    private final List<Agent> agents = new CopyOnWriteArrayList<>();

    private record Agent(Socket socket, RemoteControlWriter writer, RemoteControlReader reader) {
        static Agent on(Socket socket) throws IOException {
            var writer = new RemoteControlWriter(socket.getOutputStream());
            return new Agent(socket, writer, new RemoteControlReader(socket.getInputStream()));
        }

        /** @return whether its JVM is still there */
        boolean takeInto(ExecutionDataStore store) {
            try {
                reader.setSessionInfoVisitor(new SessionInfoStore());
                reader.setExecutionDataVisitor(store);
                writer.visitDumpCommand(true, true);
                return reader.read();
            } catch (IOException gone) {
                return false;
            }
        }
    }

    private Probes(ServerSocket port, boolean here) {
        this.port = port;
        this.here = here && hasAgent();
    }

    /** @param here whether this JVM counts, if it has an agent: what that has seen is forgotten each time it is asked */
    static Probes open(boolean here) throws IOException {
        var probes = new Probes(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), here);
        var acceptor = new Thread(probes::accept, "coverage-agents");
        acceptor.setDaemon(true);
        acceptor.start();
        return probes;
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                agents.add(Agent.on(port.accept()));
            } catch (IOException closed) {
                // whoever did not get through is not measured; the next one may
            }
        }
    }

    /** For the command line of a JVM that is to be measured. */
    String agentOption() {
        return "-javaagent:%s=output=tcpclient,address=%s,port=%d,%s"
                .formatted(agentJar(), port.getInetAddress().getHostAddress(), port.getLocalPort(), MEASURED);
    }

    private static Path agentJar() {
        return Path.of(
                RT.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static boolean hasAgent() {
        try {
            RT.getAgent();
            return true;
        } catch (IllegalStateException notStarted) {
            return false;
        }
    }

    int jvms() {
        return agents.size() + (here ? 1 : 0);
    }

    /** All that was reached since the last time, in all JVMs; a JVM that has ended meanwhile takes its part along. */
    synchronized ExecutionDataStore take() {
        var store = new ExecutionDataStore();
        agents.removeIf(agent -> !agent.takeInto(store));
        if (here) {
            read(RT.getAgent().getExecutionData(true), store);
        }
        return store;
    }

    private static void read(byte[] data, ExecutionDataStore store) {
        try {
            var reader = new ExecutionDataReader(new ByteArrayInputStream(data));
            reader.setSessionInfoVisitor(new SessionInfoStore());
            reader.setExecutionDataVisitor(store);
            reader.read();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        for (Agent agent : agents) {
            agent.socket().close();
        }
    }
}
