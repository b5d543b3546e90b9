package io.escalus4j.users;

/** Accounts made and removed by two functions. */
record Hooks(Change create, Change delete) implements Provisioner {

    @Override
    public void create(User user) {
        run("made", create, user);
    }

    @Override
    public void delete(User user) {
        run("removed", delete, user);
    }

    private static void run(String what, Change change, User user) {
        try {
            change.apply(user);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProvisioningException.of(what, user, e);
        } catch (Exception e) {
            throw ProvisioningException.of(what, user, e);
        }
    }
}
