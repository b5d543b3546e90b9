package io.escalus4j.users;

import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Credentials;
import java.util.Map;

/**
 * Makes and removes accounts on one server. There is no falling back from one to another: what cannot be done is an error.
 * Implementations are thread-safe.
 */
public interface Provisioner {
    /**
     * Makes the account.
     *
     * @throws ProvisioningException if the server refuses, or has this account already
     */
    void create(User user);

    /** Removes the account and all that belongs to it. */
    void delete(User user);

    /**
     * Whether it can do its work there, asked once before the first story. There is no other that is tried instead.
     *
     * @throws ProvisioningException if it cannot, with the reason
     */
    default void check() {}

    /** Who plays this role: somebody fresh, unless the accounts are given. Touches no server. */
    default User cast(String role, String domain, FreshNames fresh) {
        return fresh.user(role, domain);
    }

    /** By in-band registration (XEP-0077). */
    static Provisioner inBand(ConnectionSettings server) {
        return new InBand(server);
    }

    /** By the ad-hoc commands of XEP-0133, with the credentials of an administrator. */
    static Provisioner adHoc(ConnectionSettings admin) {
        return new AdHoc(admin);
    }

    /** By a server's own administration over HTTP. */
    static Provisioner http(HttpCall create, HttpCall delete) {
        return new HttpAdmin(create, delete);
    }

    /**
     * By ejabberd's mod_http_api.
     *
     * @param api for example {@code http://127.0.0.1:5280/api}
     */
    static Provisioner ejabberd(String api) {
        String account = "\"user\": \"{user}\", \"host\": \"{domain}\"";
        return http(
                HttpCall.post(api + "/register", "{%s, \"password\": \"{password}\"}".formatted(account)),
                HttpCall.post(api + "/unregister", "{%s}".formatted(account)));
    }

    /** By two functions of your own, for example those of an embedded server. */
    static Provisioner of(Change create, Change delete) {
        return new Hooks(create, delete);
    }

    /** By accounts that exist: whose role is played with which name and password. One story at a time can have them. */
    static Provisioner fixed(Map<String, Credentials> accounts) {
        return new Fixed(accounts);
    }

    /** One change of an account. */
    @FunctionalInterface
    interface Change {
        void apply(User user) throws Exception;
    }
}
