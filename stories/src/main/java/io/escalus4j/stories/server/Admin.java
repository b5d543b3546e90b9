package io.escalus4j.stories.server;

import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.Scene;

/** Who administers the server under test: ours are started with one, of another it must be said who that is. */
public record Admin(String name, String password) {
    /** {@code NAME:PASSWORD} of an administrator of a target at {@code HOST:PORT}. */
    public static final String KEY = "escalus.admin";

    static final Admin OURS = new Admin("admin", "Admin-Secret-1");

    /**
     * The administrator as a client of this story; without presence, since other stories have the same one.
     *
     * @throws NotApplicable if nobody has said who administers the target
     */
    public static Client connect(Scene scene) {
        Admin admin = of(scene);
        return scene.connect(
                "admin",
                settings -> settings.withCredentials(admin.name, admin.password).withResource(""));
    }

    private static Admin of(Scene scene) {
        String target = scene.settings().get(ServerUnderTest.TARGET).orElse("embedded");
        if (!target.contains(":")) {
            return OURS;
        }
        String said = scene.settings()
                .get(KEY)
                .orElseThrow(() -> NotApplicable.because(
                        "nobody has said who administers %s, run with --admin NAME:PASSWORD", target));
        return of(said);
    }

    /** From {@code NAME:PASSWORD}. */
    static Admin of(String said) {
        int colon = said.indexOf(':');
        return new Admin(said.substring(0, Math.max(colon, 0)), said.substring(colon + 1));
    }

    /** Keeps the password to itself. */
    @Override
    public String toString() {
        return "Admin[name=%s]".formatted(name);
    }
}
