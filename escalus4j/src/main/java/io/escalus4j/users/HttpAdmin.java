package io.escalus4j.users;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/** Accounts made by two calls of a server's administration over HTTP; an answer other than 2xx is an error. Thread-safe. */
record HttpAdmin(HttpClient client, HttpCall create, HttpCall delete) implements Provisioner {
    private static final int MOST_SHOWN = 200;

    HttpAdmin(HttpCall create, HttpCall delete) {
        this(HttpClient.newHttpClient(), create, delete);
    }

    @Override
    public void create(User user) {
        call("made", create, user);
    }

    @Override
    public void delete(User user) {
        call("removed", delete, user);
    }

    private void call(String what, HttpCall call, User user) {
        try {
            HttpResponse<String> answer = client.send(call.request(user), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("%s answered %d: %s".formatted(call, answer.statusCode(), shown(answer.body())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProvisioningException.of(what, user, e);
        } catch (IOException | RuntimeException e) {
            throw ProvisioningException.of(what, user, e);
        }
    }

    private static String shown(String body) {
        return body.length() > MOST_SHOWN ? body.substring(0, MOST_SHOWN) + "..." : body;
    }
}
