package io.escalus4j.users;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One call of a server's administration over HTTP, with {@code {user}}, {@code {domain}}, {@code {jid}} and
 * {@code {password}} where those of an account go. Immutable.
 *
 * <pre>{@code
 * HttpCall.post("http://127.0.0.1:5280/api/register", "{\"user\": \"{user}\", \"host\": \"{domain}\", \"password\": \"{password}\"}")
 *     .with("Authorization", "Bearer " + token);
 * HttpCall.delete("http://127.0.0.1:9090/users/{user}");
 * }</pre>
 *
 * <p>In the body the values are escaped as JSON strings, in the address as a part of a path.
 */
public record HttpCall(String method, String uri, String body, Map<String, String> headers) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall post(String uri, String json) {
        return new HttpCall("POST", uri, json, Map.of("Content-Type", "application/json"));
    }

    public static HttpCall put(String uri, String json) {
        return new HttpCall("PUT", uri, json, Map.of("Content-Type", "application/json"));
    }

    public static HttpCall delete(String uri) {
        return new HttpCall("DELETE", uri, "", Map.of());
    }

    /** A further header. */
    public HttpCall with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, uri, body, more);
    }

    HttpRequest request(User user) {
        var request = HttpRequest.newBuilder(URI.create(filled(uri, user, HttpCall::inPath)))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.ofString(filled(body, user, HttpCall::inJson)));
        headers.forEach(request::header);
        return request.build();
    }

    private static String filled(String template, User user, UnaryOperator<String> escape) {
        return template.replace("{user}", escape.apply(user.jid().local()))
                .replace("{domain}", escape.apply(user.jid().domain()))
                .replace("{jid}", escape.apply(user.jid().toString()))
                .replace("{password}", escape.apply(user.password()));
    }

    private static String inPath(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String inJson(String value) {
        var json = new StringBuilder();
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.toString();
    }

    /** Without the headers, which may hold a token. */
    @Override
    public String toString() {
        return method + ' ' + uri;
    }
}
