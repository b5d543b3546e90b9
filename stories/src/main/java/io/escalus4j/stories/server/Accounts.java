package io.escalus4j.stories.server;

import io.escalus4j.RemoteServer;
import io.escalus4j.users.HttpCall;
import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.Credentials;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How accounts are made on a server of somebody else: {@code inband}, {@code adhoc}, {@code ejabberd:URL},
 * {@code http:FILE} or {@code fixed:FILE}. There is no falling back from one to another.
 *
 * <p>The file of {@code http} has the keys {@code create} and {@code delete}, each {@code METHOD URL [BODY]} with
 * {@code {user}}, {@code {domain}}, {@code {jid}} and {@code {password}}, and optionally {@code authorization}. The file
 * of {@code fixed} has a line {@code alice=name:password} for each user that stories may want.
 */
public final class Accounts {
    public static final String KEY = "escalus.provision";

    private Accounts() {}

    /** @throws IllegalArgumentException if {@code how} is none of them, or lacks what it needs */
    static Provisioner of(String how, RemoteServer server, Optional<Admin> admin) {
        String kind = how.replaceFirst(":.*", "");
        String rest = how.substring(Math.min(how.length(), kind.length() + 1));
        return switch (kind) {
            case "inband" -> Provisioner.inBand(server.connection());
            case "adhoc" -> adHoc(server, admin);
            case "ejabberd" -> Provisioner.ejabberd(rest);
            case "http" -> http(read(rest), rest);
            case "fixed" -> fixed(read(rest));
            default ->
                throw new IllegalArgumentException(
                        "provisioning '%s' is unknown, it must be inband, adhoc, ejabberd:URL, http:FILE or fixed:FILE"
                                .formatted(how));
        };
    }

    /** As {@link #of} would throw it, before any story is told. */
    public static void check(String how, Optional<String> admin) {
        of(how, RemoteServer.at("localhost", InetSocketAddress.createUnresolved("localhost", 0)), admin.map(Admin::of));
    }

    private static Provisioner adHoc(RemoteServer server, Optional<Admin> admin) {
        Admin someone = admin.orElseThrow(() -> new IllegalArgumentException(
                "provisioning 'adhoc' needs an administrator, say --admin NAME:PASSWORD or set " + Admin.KEY));
        return Provisioner.adHoc(server.connection().withCredentials(someone.name(), someone.password()));
    }

    private static Provisioner http(Properties file, String name) {
        return Provisioner.http(call(file, "create", name), call(file, "delete", name));
    }

    private static HttpCall call(Properties file, String key, String name) {
        String[] parts = file.getProperty(key, "").split(" ", 3);
        if (parts.length < 2) {
            throw new IllegalArgumentException(
                    "'%s' in %s is '%s', it must be METHOD URL [BODY]".formatted(key, name, file.getProperty(key, "")));
        }
        var headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        Optional.ofNullable(file.getProperty("authorization")).ifPresent(value -> headers.put("Authorization", value));
        return new HttpCall(parts[0], parts[1], parts.length < 3 ? "" : parts[2], headers);
    }

    private static Provisioner fixed(Properties file) {
        var accounts = new LinkedHashMap<String, Credentials>();
        for (String role : file.stringPropertyNames()) {
            Admin one = Admin.of(file.getProperty(role));
            accounts.put(role, new Credentials(one.name(), one.password()));
        }
        return Provisioner.fixed(accounts);
    }

    private static Properties read(String file) {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file))) {
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be read".formatted(file), e);
        }
    }
}
