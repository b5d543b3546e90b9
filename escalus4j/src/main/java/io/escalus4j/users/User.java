package io.escalus4j.users;

import io.escalus4j.Jid;
import io.escalus4j.match.Addressed;
import io.escalus4j.wire.Credentials;

/**
 * Somebody who plays in a story and has an account. The password is in no text of this type. Immutable.
 *
 * @param name what the story calls it, for example {@code alice}
 * @param jid the bare JID of the account
 */
public record User(String name, Jid jid, String password) implements Addressed {

    public User {
        if (!jid.isBare() || jid.local().isEmpty()) {
            throw new IllegalArgumentException("'%s' is no account, it must be local@domain".formatted(jid));
        }
    }

    public Credentials credentials() {
        return new Credentials(jid.local(), password);
    }

    @Override
    public String address() {
        return jid.toString();
    }

    @Override
    public String nickname() {
        return name;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, jid);
    }
}
