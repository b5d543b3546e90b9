package io.escalus4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where stories are told without a test framework: a server, settings, and who plays. Immutable and thread-safe; several
 * stories may run on one stage at a time, nested ones too.
 *
 * <pre>{@code
 * Stage stage = Stage.on(server);
 * stage.named("hello").with("alice", "bob").run((alice, bob) -> {
 *     alice.send(chat(bob, "Hi!"));
 *     bob.expect(chatMessage("Hi!").from(alice));
 * });
 * }</pre>
 *
 * <p>Each run has fresh users, who are connected at the same time and are available when the body begins. A failure of the
 * body is thrown as it is. When it passes, nothing may be left unread. In the end nothing is left on the server.
 */
public final class Stage {
    private final ServerHandle server;
    private final Settings settings;
    private Diagrams diagrams;
    private String group = "stories";
    private String story = "story";
    private boolean present = true;
    private List<String> friends = List.of();

    private Stage(ServerHandle server, Settings settings, Diagrams diagrams) {
        this.server = server;
        this.settings = settings;
        this.diagrams = diagrams;
    }

    /** With the settings of this JVM's system properties and environment. */
    public static Stage on(ServerHandle server) {
        return on(server, SettingsReader.ofJvm());
    }

    public static Stage on(ServerHandle server, Settings settings) {
        return new Stage(server, settings, new Diagrams(settings.report()));
    }

    /** Only a copy that nobody has seen yet is ever changed. */
    private Stage copy(Consumer<Stage> change) {
        var copy = new Stage(server, settings, diagrams);
        copy.group = group;
        copy.story = story;
        copy.present = present;
        copy.friends = friends;
        change.accept(copy);
        return copy;
    }

    public ServerHandle server() {
        return server;
    }

    public Stage named(String story) {
        return copy(copy -> copy.story = story);
    }

    /** Shares the diagrams' directory with other stages of the run; {@code group} is the folder. */
    public Stage withDiagrams(Diagrams diagrams, String group) {
        return copy(copy -> {
            copy.diagrams = diagrams;
            copy.group = group;
        });
    }

    /** The clients send no presence before the story begins. */
    public Stage withoutPresence() {
        return copy(copy -> copy.present = false);
    }

    /** These users are contacts of each other, both ways, before the story begins. */
    public Stage withFriends(String... users) {
        return copy(copy -> copy.friends = List.of(users));
    }

    // ---- who plays

    public One with(String first) {
        return body -> run(List.of(first), clients -> body.tell(clients.get(0)));
    }

    public Two with(String first, String second) {
        return body -> run(List.of(first, second), clients -> body.tell(clients.get(0), clients.get(1)));
    }

    public Three with(String first, String second, String third) {
        return body -> run(
                List.of(first, second, third), clients -> body.tell(clients.get(0), clients.get(1), clients.get(2)));
    }

    public Four with(String first, String second, String third, String fourth) {
        return body -> run(
                List.of(first, second, third, fourth),
                clients -> body.tell(clients.get(0), clients.get(1), clients.get(2), clients.get(3)));
    }

    /** Any number of clients, in the order of their names. */
    public Many with(List<String> names) {
        return body -> run(List.copyOf(names), body);
    }

    /** A story with a scene and nobody in it yet. */
    public void run(SceneBody body) {
        Scene scene = open();
        finish(scene, () -> body.tell(scene));
    }

    private void run(List<String> names, ManyBody body) {
        Scene scene = open();
        finish(scene, () -> {
            List<Client> clients = scene.clients(names);
            scene.befriend(friends);
            body.tell(clients);
        });
    }

    /** A scene that the caller ends. */
    public Scene open() {
        return Scene.open(server, settings, story, Optional.of(diagrams.reserve(group, story)), present);
    }

    private static void finish(Scene scene, Action body) {
        Optional<Throwable> failure = Optional.empty();
        try {
            body.run();
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
        scene.end(failure).ifPresent(cause -> {
            throw Rethrow.asItIs(cause);
        });
    }

    // ---- what they play

    /** A story for one client. */
    @FunctionalInterface
    public interface One {
        void run(OneBody body);
    }

    @FunctionalInterface
    public interface OneBody {
        void tell(Client first) throws Throwable;
    }

    /** A story for two clients. */
    @FunctionalInterface
    public interface Two {
        void run(TwoBody body);
    }

    @FunctionalInterface
    public interface TwoBody {
        void tell(Client first, Client second) throws Throwable;
    }

    /** A story for three clients. */
    @FunctionalInterface
    public interface Three {
        void run(ThreeBody body);
    }

    @FunctionalInterface
    public interface ThreeBody {
        void tell(Client first, Client second, Client third) throws Throwable;
    }

    /** A story for four clients. */
    @FunctionalInterface
    public interface Four {
        void run(FourBody body);
    }

    @FunctionalInterface
    public interface FourBody {
        void tell(Client first, Client second, Client third, Client fourth) throws Throwable;
    }

    /** A story for any number of clients. */
    @FunctionalInterface
    public interface Many {
        void run(ManyBody body);
    }

    @FunctionalInterface
    public interface ManyBody {
        void tell(List<Client> clients) throws Throwable;
    }

    /** A story that brings its clients itself. */
    @FunctionalInterface
    public interface SceneBody {
        void tell(Scene scene) throws Throwable;
    }
}
