package io.escalus4j.users;

/** An account could not be made or removed. */
public final class ProvisioningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProvisioningException(String message) {
        super(message);
    }

    public ProvisioningException(String message, Throwable cause) {
        super(message, cause);
    }

    static ProvisioningException of(String what, User user, Throwable cause) {
        return new ProvisioningException(
                "the account of %s cannot be %s: %s".formatted(user, what, cause.getMessage()), cause);
    }
}
