package io.escalus4j.wire;

/** Who logs in. The password is in no text of this type. Immutable. */
public record Credentials(String username, String password) {
    /** For wires that stop before authentication. */
    public static final Credentials NONE = new Credentials("", "");

    @Override
    public String toString() {
        return username;
    }
}
