package io.escalus4j.stories.cli;

import io.escalus4j.server.Maintenance;
import io.escalus4j.server.xmpp.Jid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code escalus user}: the accounts of a server that does not run. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Looks after the accounts of a server that does not run; one that runs is told by XEP-0133.",
        footer = {"", "Exit codes: 0 done, 2 wrong option, file or account, 3 the database cannot be reached"})
final class UserCommand {
    private static final String XEP_0227 = "xep-0227";

    @Spec
    private CommandSpec spec;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all accounts, one a line.")
    int list(@Mixin StorageOptions storage) throws Exception {
        return with(storage, accounts -> accounts.all().forEach(out()::println));
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Makes an account; its password is read.")
    int add(
            @Mixin StorageOptions storage,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Where the password is the first line; the input if nothing is said.")
                    Optional<Path> file,
            @Parameters(paramLabel = "JID") String jid)
            throws Exception {
        return with(
                storage,
                accounts -> require(accounts.add(account(jid), password(file)), "%s has an account already", jid));
    }

    @Command(name = "passwd", mixinStandardHelpOptions = true, description = "Sets a password, which is read.")
    int passwd(
            @Mixin StorageOptions storage,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Where the password is the first line; the input if nothing is said.")
                    Optional<Path> file,
            @Parameters(paramLabel = "JID") String jid)
            throws Exception {
        return with(storage, accounts -> requireThere(accounts.changePassword(account(jid), password(file)), jid));
    }

    @Command(
            name = "remove",
            aliases = "del",
            mixinStandardHelpOptions = true,
            description =
                    "Removes an account with all that is kept for it; contacts lose it as if it had unsubscribed.")
    int remove(@Mixin StorageOptions storage, @Parameters(paramLabel = "JID") String jid) throws Exception {
        return with(storage, accounts -> requireThere(accounts.remove(account(jid)), jid));
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes all that is kept for an account (XEP-0227), with what its password is checked by.")
    int export(
            @Mixin StorageOptions storage,
            @Parameters(paramLabel = "JID") String jid,
            @Option(
                            names = "--format",
                            defaultValue = XEP_0227,
                            description = "standard, and the only one: ${DEFAULT-VALUE}")
                    String format,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            description = "where to, readable by its owner alone; standard output if nothing is said")
                    Optional<Path> to)
            throws Exception {
        requireKnown(format);
        return with(storage, accounts -> {
            var document = accounts.export(account(jid)).orElseThrow(() -> noAccount(jid));
            String text = "<?xml version='1.0' encoding='UTF-8'?>\n" + document.toXml() + '\n';
            if (to.isPresent()) {
                write(to.get(), text);
            } else {
                out().print(text);
            }
        });
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Makes the accounts of a file (XEP-0227), all or none.")
    int importFrom(
            @Mixin StorageOptions storage,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--format",
                            defaultValue = XEP_0227,
                            description = "standard, and the only one: ${DEFAULT-VALUE}")
                    String format)
            throws Exception {
        requireKnown(format);
        return with(
                storage,
                accounts -> accounts.importFrom(file, spec.commandLine().getErr()::println)
                        .forEach(out()::println));
    }

    // ---- what they share

    private interface Work {
        void with(Maintenance accounts) throws IOException;
    }

    private int with(StorageOptions storage, Work work) throws Exception {
        return Explained.run(() -> {
            try (var accounts = Maintenance.open(storage.toOptions())) {
                work.with(accounts);
                out().flush();
                return Exit.OK;
            }
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static Jid account(String text) {
        return Jid.parse(text)
                .filter(jid -> jid.isBare() && !jid.isDomain())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no account, allowed is a JID as in alice@localhost".formatted(text)));
    }

    private static void requireKnown(String format) {
        if (!format.equals(XEP_0227)) {
            throw new Exit.Because(Exit.USAGE, "--format %s is unknown, allowed is %s", format, XEP_0227);
        }
    }

    private static void requireThere(boolean there, String jid) {
        if (!there) {
            throw noAccount(jid);
        }
    }

    private static void require(boolean done, String text, String jid) {
        if (!done) {
            throw new Exit.Because(Exit.USAGE, text, jid);
        }
    }

    private static Exit.Because noAccount(String jid) {
        return new Exit.Because(Exit.USAGE, "%s has no account here", jid);
    }

    /** Not an option: the list of processes is everybody's. */
    private static String password(Optional<Path> file) throws IOException {
        String line = file.isPresent()
                ? Files.readString(file.get()).lines().findFirst().orElse("")
                : firstOfInput();
        if (line.isEmpty()) {
            throw new Exit.Because(
                    Exit.USAGE, "no password, it must be the first line of the input or of --password-file");
        }
        return line;
    }

    private static String firstOfInput() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    /** XEP-0227 section 6. */
    private static void write(Path file, String text) throws IOException {
        boolean hasOwners = file.toAbsolutePath()
                .getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix");
        Files.deleteIfExists(file);
        if (hasOwners) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }
}
