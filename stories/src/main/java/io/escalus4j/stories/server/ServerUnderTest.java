package io.escalus4j.stories.server;

import io.escalus4j.NotApplicable;
import io.escalus4j.RemoteServer;
import io.escalus4j.RemoteServer.Doors;
import io.escalus4j.Scene;
import io.escalus4j.ServerFactory;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.wire.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Which server the stories are told on: {@code escalus.target} is {@code embedded} (a server in this JVM, the standard),
 * {@code standalone} (one in a JVM of its own) or {@code HOST:PORT} (whatever listens there).
 */
public class ServerUnderTest implements ServerFactory {
    public static final String TARGET = "escalus.target";
    /** The XMPP domain of a target at {@code HOST:PORT}; the standard is the host, or localhost for a loopback address. */
    public static final String DOMAIN = "escalus.domain";
    /** Where else a target at {@code HOST:PORT} listens: {@code tls=HOST:PORT,http=HOST:PORT,https=HOST:PORT}, or some of them. */
    public static final String DOORS = "escalus.doors";
    /** Options for the JVM of the stand-alone server, separated by blanks. */
    public static final String STANDALONE_OPTIONS = "escalus.standalone.options";

    /** Where a server of ours keeps its data: {@link Storage}. */
    public static final String STORE = "escalus.store";

    /**
     * Where the specification leaves something to the server, and the story is about what ours does.
     *
     * @param what ends in a verb: {@code "64 levels are"}
     * @throws NotApplicable if the target is somebody else's
     */
    public static void requireOurs(Scene scene, String what) {
        if (isSomebodyElses(scene)) {
            throw NotApplicable.because("%s a choice of our server's", what);
        }
    }

    /**
     * Where several say something at once, and what another server makes of it differs from run to run: that fits no list
     * of what is expected to fail.
     *
     * @throws NotApplicable if the target is somebody else's
     */
    public static void requireNoLuck(Scene scene) {
        if (isSomebodyElses(scene)) {
            throw NotApplicable.because("a race, which other servers win or lose by chance");
        }
    }

    private static boolean isSomebodyElses(Scene scene) {
        return scene.settings().get(TARGET).orElse("embedded").contains(":");
    }

    @Override
    public Set<String> keys() {
        return Set.of(TARGET, DOMAIN, DOORS, Admin.KEY, Accounts.KEY, STANDALONE_OPTIONS, STORE);
    }

    @Override
    public ServerHandle start(Settings settings) throws IOException {
        String target = settings.get(TARGET).orElse("embedded");
        var storage = new Storage(settings.get(STORE).orElse("memory"));
        return switch (target) {
            case "embedded" -> EmbeddedServer.start(storage, settings);
            case "standalone" ->
                StandaloneServer.start(settings.get(STANDALONE_OPTIONS).orElse(""), storage);
            default -> remote(Address.of(target), settings);
        };
    }

    /** Whoever runs stories on a server of their own knows it: its certificate is not what is tested. */
    private static ServerHandle remote(Address address, Settings settings) {
        RemoteServer server = RemoteServer.at(settings.get(DOMAIN).orElse(address.domain()), address.socket())
                .withTrust(Trust.insecure())
                .withDoors(doors(settings.get(DOORS).orElse("")));
        return server.withProvisioner(Accounts.of(
                settings.get(Accounts.KEY).orElse("inband"),
                server,
                settings.get(Admin.KEY).map(Admin::of)));
    }

    /** @throws IllegalArgumentException if {@code text} is not what {@link #DOORS} says */
    public static Doors doors(String text) {
        var doors = new HashMap<String, InetSocketAddress>();
        for (String door : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = door.split("=", 2);
            if (parts.length != 2 || !Set.of("tls", "http", "https").contains(parts[0])) {
                throw new IllegalArgumentException(
                        "door '%s' is unknown, it must be tls=HOST:PORT, http=HOST:PORT or https=HOST:PORT"
                                .formatted(door));
            }
            doors.put(parts[0], Address.of(parts[1]).socket());
        }
        return new Doors(
                Optional.ofNullable(doors.get("tls")),
                Optional.ofNullable(doors.get("http")),
                Optional.ofNullable(doors.get("https")));
    }
}
