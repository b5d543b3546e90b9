package io.escalus4j.stories.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.stories.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The server that the readers of the tutorial have: it listens, takes registrations, has an administrator and an
 * administration over HTTP. Here it is ours, on free ports.
 */
record TutorialServer(EmbeddedServer server, HttpServer admin, Path certificate) implements AutoCloseable {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": ?\"(.*?)\"");

    static TutorialServer start(Path folder) throws IOException {
        var server = EmbeddedServer.start();
        create(server, "alice", "Secret-1");
        create(server, "bob", "Secret-2");
        var admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var tutorial = new TutorialServer(server, admin, folder.resolve("ca.pem"));
        admin.createContext("/", tutorial::administer);
        admin.start();
        Files.writeString(tutorial.certificate, pem(server));
        return tutorial;
    }

    /** What the tutorial says of addresses and files, as it is on this machine. */
    String asItIsHere(String code) {
        return code.replace("5222", Integer.toString(server.address().getPort()))
                .replace("5280", Integer.toString(admin.getAddress().getPort()))
                .replace("\"ca.pem\"", '"' + certificate.toString() + '"');
    }

    /** ejabberd's calls {@code /api/register} and {@code /api/unregister}, and {@code PUT} and {@code DELETE} of {@code /users/NAME}. */
    private void administer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        String user = path.startsWith("/users/") ? path.substring("/users/".length()) : field(body, "user");
        if (path.endsWith("/unregister") || exchange.getRequestMethod().equals("DELETE")) {
            accounts()
                    .remove(Jid.of(user, server.domain()))
                    .toCompletableFuture()
                    .join();
        } else {
            create(server, user, field(body, "password"));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String field(String json, String name) {
        return FIELD.matcher(json)
                .results()
                .filter(found -> found.group(1).equals(name))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private AccountManager accounts() {
        return server.server().accounts();
    }

    private static void create(EmbeddedServer server, String name, String password) {
        server.server()
                .accounts()
                .create(Jid.of(name, server.domain()), password)
                .toCompletableFuture()
                .join();
    }

    private static String pem(EmbeddedServer server) {
        try {
            return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(Base64.getMimeEncoder()
                            .encodeToString(server.server().certificate().getEncoded()));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.stop(0);
        server.close();
    }
}
