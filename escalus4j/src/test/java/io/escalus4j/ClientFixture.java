package io.escalus4j;

import io.escalus4j.peer.ScriptedPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A client and a peer that says what it is told to. */
abstract class ClientFixture {
    static final Duration LONG = Duration.ofSeconds(20);

    /** Plays after a login; then waits for the client to go. */
    static ScriptedPeer peer(ScriptedPeer.Script script) throws IOException {
        return ScriptedPeer.playing(stream -> {
            stream.login();
            script.play(stream);
            stream.part();
        });
    }

    static Client alice(ScriptedPeer peer) {
        return alice(peer, patient());
    }

    static Client alice(ScriptedPeer peer, Settings settings) {
        var telling = new Telling("a_story", settings, Optional.empty(), Optional.empty());
        return Client.connect("alice", peer.settings(), telling);
    }

    /** Nothing here is about time. */
    static Settings patient() {
        return Settings.standard().with(Option.TIMEOUT, "20s");
    }

    /** For what never comes. */
    static Settings quick() {
        return Settings.standard().with(Option.TIMEOUT, "50ms");
    }

    static String said(String body) {
        return "<message type='chat' from='bob@localhost/res1'><body>%s</body></message>".formatted(body);
    }
}
