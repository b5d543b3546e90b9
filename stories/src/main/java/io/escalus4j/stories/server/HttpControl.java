package io.escalus4j.stories.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.escalus4j.control.Feed;
import io.escalus4j.control.HookEvent;
import io.escalus4j.control.LogLine;
import io.escalus4j.control.ServerControl;
import io.escalus4j.control.SessionInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The inside of a server behind its control port (docs/control-api.md). Thread-safe. */
final class HttpControl implements ServerControl {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Address at;
    private final String token;

    HttpControl(Address at, String token) {
        this.at = at;
        this.token = token;
    }

    @Override
    public List<SessionInfo> sessions() {
        return read(ask("GET", "/sessions"), new TypeReference<>() {});
    }

    @Override
    public String metrics() {
        return ask("GET", "/metrics");
    }

    @Override
    public Feed<HookEvent> events(long after) {
        return feed(
                "/events?after=" + after,
                entry -> new HookEvent(
                        entry.get("number").asLong(),
                        Instant.parse(entry.get("at").asText()),
                        entry.get("hook").asText(),
                        entry.get("subject").asText(),
                        JSON.convertValue(entry.get("jids"), new TypeReference<List<String>>() {})));
    }

    @Override
    public Feed<LogLine> log(long after) {
        return feed(
                "/log?after=" + after,
                entry -> new LogLine(
                        entry.get("number").asLong(),
                        Instant.parse(entry.get("at").asText()),
                        entry.get("level").asText(),
                        entry.get("logger").asText(),
                        entry.get("about").asText(),
                        entry.get("text").asText()));
    }

    private <T> Feed<T> feed(String path, Function<JsonNode, T> entry) {
        JsonNode feed = read(ask("GET", path), new TypeReference<JsonNode>() {});
        var entries = new ArrayList<T>();
        feed.get("entries").forEach(node -> entries.add(entry.apply(node)));
        return new Feed<>(entries, feed.get("last").asLong(), feed.get("lost").asLong());
    }

    @Override
    public Map<String, Map<String, Object>> modules() {
        return read(ask("GET", "/modules"), new TypeReference<>() {});
    }

    @Override
    public void set(String module, Map<String, Object> options) {
        ask("PUT", "/modules/" + module, options);
    }

    @Override
    public void without(String module) {
        ask("DELETE", "/modules/" + module);
    }

    @Override
    public void install(Class<?> module) {
        ask("PUT", "/classes/" + module.getName());
    }

    @Override
    public void uninstall(Class<?> module) {
        ask("DELETE", "/classes/" + module.getName());
    }

    @Override
    public Instant now() {
        return Instant.parse(read(ask("GET", "/time"), new TypeReference<JsonNode>() {})
                .get("now")
                .asText());
    }

    @Override
    public void advance(Duration time) {
        ask("POST", "/time", Map.of("advance", time.toString()));
    }

    @Override
    public boolean awaitIdle(Duration within) {
        String answer = ask("POST", "/idle", Map.of("within", within.toString()));
        return read(answer, new TypeReference<JsonNode>() {}).get("idle").asBoolean();
    }

    @Override
    public void reset() {
        ask("POST", "/reset");
    }

    // ---- HTTP

    private String ask(String method, String path) {
        return ask(method, path, Map.of());
    }

    private String ask(String method, String path, Map<String, Object> body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base() + path.replace("$", "%24")))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(written(body)))
                .build());
        return switch (answer.statusCode()) {
            case 200 -> answer.body();
            case 400 -> throw new IllegalArgumentException(error(answer));
            case 409 -> throw new IllegalStateException(error(answer));
            default ->
                throw new IllegalStateException("the control port answers %s %s with %d: %s"
                        .formatted(method, path, answer.statusCode(), answer.body()));
        };
    }

    private String base() {
        return "http://%s:%d".formatted(at.host().contains(":") ? '[' + at.host() + ']' : at.host(), at.port());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("the control port of the server cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control port was asked", e);
        }
    }

    private static String error(HttpResponse<String> answer) {
        return read(answer.body(), new TypeReference<JsonNode>() {})
                .path("error")
                .asText();
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the control port sent what is no JSON of ours: " + text, e);
        }
    }

    private static String written(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s cannot be written as JSON".formatted(body), e);
        }
    }

    /** Keeps the token to itself. */
    @Override
    public String toString() {
        return "HttpControl[at=%s]".formatted(at);
    }
}
