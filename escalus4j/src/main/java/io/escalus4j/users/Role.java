package io.escalus4j.users;

/**
 * Who a client is, read from its name: {@code alice} is the first resource of alice, {@code alice2} the second, and
 * {@code alice/phone} the resource that is called phone. Immutable.
 *
 * @param name what the story calls the client
 * @param user whose account it uses
 */
public record Role(String name, String user, String resource) {

    /** A final number from 2 on counts resources; with a slash everything is taken literally. */
    public static Role of(String name) {
        int slash = name.indexOf('/');
        if (name.isEmpty() || slash == 0 || slash == name.length() - 1) {
            throw new IllegalArgumentException(
                    "'%s' names no client, we allow alice, alice2 and alice/phone".formatted(name));
        }
        if (slash > 0) {
            return new Role(name, name.substring(0, slash), name.substring(slash + 1));
        }
        String user = name.replaceFirst("(?<=[^0-9])([2-9]|[1-9][0-9]+)$", "");
        String number = name.substring(user.length());
        return new Role(name, user, "res" + (number.isEmpty() ? "1" : number));
    }
}
