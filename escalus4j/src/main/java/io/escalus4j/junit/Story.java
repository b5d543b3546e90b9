package io.escalus4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that tells a story. Its clients are parameters, called by their names; each has a fresh user, all are connected
 * and available when the story begins.
 *
 * <pre>{@code
 * @Story
 * @Spec(rfc = 6121, section = "5", says = "a chat message reaches the resource that it is addressed to")
 * void a_chat_message_reaches_bob(Client alice, Client bob) {
 *     alice.send(chat(bob, "Hi!"));
 *     bob.expect(chatMessage("Hi!").from(alice));
 * }
 * }</pre>
 *
 * <p>{@code alice2} is the second resource of alice. When the body has passed nothing may be left unread. Parameters may
 * also be a {@link io.escalus4j.users.User} who is not connected, the {@link io.escalus4j.Scene}, the
 * {@link io.escalus4j.Stage} for stories as lambdas, the {@link io.escalus4j.ServerHandle}, a {@link io.escalus4j.Component}, and the
 * {@link io.escalus4j.control.WhiteBox}, the inside of the server.
 */
@Documented
@Test
@ExtendWith(EscalusExtension.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Story {}
