package io.escalus4j.server.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the control port. Confined to the port's event loop; the work is done by {@code worker}. */
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEME = "Bearer ";

    private final ControlRoutes routes;
    private final byte[] token;
    private final Executor worker;

    private record Answer(HttpResponseStatus status, Object content) {
        static Answer refused(HttpResponseStatus status, String text) {
            return new Answer(status, Map.of("error", text));
        }
    }

    ControlHandler(ControlRoutes routes, String token, Executor worker) {
        this.routes = routes;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.worker = worker;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext to, FullHttpRequest asked) {
        boolean stays = HttpUtil.isKeepAlive(asked);
        if (!isAuthorized(asked)) {
            write(
                    to,
                    stays,
                    Answer.refused(
                            HttpResponseStatus.UNAUTHORIZED,
                            "Authorization must be Bearer and the token that was printed at the start"));
            return;
        }
        String method = asked.method().name();
        var uri = new QueryStringDecoder(asked.uri());
        String body = asked.content().toString(StandardCharsets.UTF_8);
        try {
            worker.execute(() -> write(to, stays, answer(method, uri, body)));
        } catch (RejectedExecutionException tooMuch) {
            write(to, stays, Answer.refused(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many requests are waiting"));
        }
    }

    /** Compared in a time that does not depend on where they differ. */
    private boolean isAuthorized(FullHttpRequest asked) {
        String said = asked.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return said.startsWith(SCHEME)
                && MessageDigest.isEqual(said.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8), token);
    }

    private Answer answer(String method, QueryStringDecoder uri, String body) {
        List<ControlRoutes.Found> found = routes.at(uri.path());
        var route = found.stream()
                .filter(one -> one.route().method().equals(method))
                .findFirst();
        if (route.isPresent()) {
            return answer(route.get(), uri, body);
        }
        if (found.isEmpty()) {
            return Answer.refused(
                    HttpResponseStatus.NOT_FOUND, "%s is no path (docs/control-api.md)".formatted(uri.path()));
        }
        String allowed = found.stream().map(one -> one.route().method()).collect(Collectors.joining(", "));
        return Answer.refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "%s allows %s".formatted(uri.path(), allowed));
    }

    private static Answer answer(ControlRoutes.Found found, QueryStringDecoder uri, String body) {
        try {
            Map<String, String> query = uri.parameters().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().get(0)));
            return new Answer(
                    HttpResponseStatus.OK, found.route().answer().apply(new ControlRequest(found.name(), query, body)));
        } catch (IllegalArgumentException wrong) {
            return Answer.refused(HttpResponseStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        } catch (IllegalStateException impossible) {
            return Answer.refused(HttpResponseStatus.CONFLICT, String.valueOf(impossible.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("event=control-failed route={}", found.route(), bug);
            return Answer.refused(HttpResponseStatus.INTERNAL_SERVER_ERROR, bug.toString());
        }
    }

    private static void write(ChannelHandlerContext to, boolean stays, Answer answer) {
        boolean text = answer.content() instanceof ControlRoutes.Text;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(bytes(answer.content())));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, text ? "text/plain; version=0.0.4" : "application/json")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        var written = to.writeAndFlush(response);
        if (!stays) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static byte[] bytes(Object content) {
        try {
            return content instanceof ControlRoutes.Text text
                    ? text.text().getBytes(StandardCharsets.UTF_8)
                    : JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an answer that is no JSON", bug);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        from.close();
    }
}
