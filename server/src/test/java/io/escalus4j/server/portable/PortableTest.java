package io.escalus4j.server.portable;

import static io.escalus4j.server.store.Everything.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.Passwords;
import io.escalus4j.server.auth.TestPasswords;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.Everything;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.store.OwnedData;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Storage;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.Tokens;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.store.sql.Postgres;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.store.sql.Tables;
import io.escalus4j.server.xmpp.Jid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** XEP-0227, from our storage to a file and back, and from what other servers write. */
class PortableTest {
    private static final Set<Class<?>> OF_NO_ACCOUNT = Set.of(LightRooms.class, MucRooms.class, Tokens.class);

    private static final Jid JULIET = Jid.of("juliet@capulet.com");
    private static final Passwords PASSWORDS = TestPasswords.of(Runnable::run);

    @TempDir
    private Path folder;

    private final Stores stores = new MemoryStores();
    private final List<String> notes = new ArrayList<>();

    private List<Jid> imported(Stores into, Path file) {
        return join(PortableImport.of(file, into, PASSWORDS, Set.of("capulet.com"), notes::add));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path host(String users) throws IOException {
        return file(
                "in.xml",
                "<server-data xmlns='urn:xmpp:pie:0'>\n<host jid='capulet.com'>\n" + users
                        + "\n</host>\n</server-data>\n");
    }

    // ---- there and back

    @ParameterizedTest
    @EnumSource(Storage.class)
    void an_account_comes_back_as_it_was_exported(Storage storage) throws IOException {
        try (var from = storage.open(folder.resolve("from"));
                var to = storage.open(folder.resolve("to"))) {
            Everything.of(from, JULIET);
            var exported = join(Portable.document(from, JULIET));

            assertThat(imported(to, file("juliet.xml", exported.toXml()))).containsExactly(JULIET);

            assertThat(join(Portable.document(to, JULIET))).isEqualTo(exported);
            assertThat(notes).isEmpty();
        }
    }

    /** Not even what the export itself overlooks is lost. */
    @Test
    void no_column_of_any_table_is_lost_on_the_way() throws Exception {
        String one = Postgres.freshSchema();
        String other = Postgres.freshSchema();
        try (var from = SqlStores.open(StoreConfig.STANDARD.at(one));
                var to = SqlStores.open(StoreConfig.STANDARD.at(other))) {
            Everything.of(from, JULIET);
            imported(
                    to, file("juliet.xml", join(Portable.document(from, JULIET)).toXml()));
        }
        var were = Tables.rows(one);
        var are = Tables.rows(other);
        were.keySet().removeIf(PortableTest::isNoAccounts);
        are.keySet().removeIf(PortableTest::isNoAccounts);
        assertThat(are).isEqualTo(were);
    }

    private static boolean isNoAccounts(String table) {
        return Tables.NOBODYS.contains(table)
                || table.startsWith("light_")
                || table.startsWith("muc_")
                || table.equals("fast_token");
    }

    @Test
    void every_port_that_keeps_something_for_an_owner_has_a_section() {
        // rooms belong to nobody, XEP-0227 section 2 leaves them out; tokens are for the server that has made them
        var ports = Arrays.stream(Stores.class.getMethods())
                .filter(port -> !OF_NO_ACCOUNT.contains(port.getReturnType()))
                .filter(port -> OwnedData.class.isAssignableFrom(port.getReturnType()));

        assertThat(ports).hasSameSizeAs(Portable.SECTIONS);
        Everything.of(stores, JULIET);
        assertThat(Portable.SECTIONS)
                .allSatisfy(section -> assertThat(join(section.export(stores, JULIET)))
                        .isNotEmpty()
                        .allMatch(section::takes));
    }

    @Test
    void of_nobody_there_is_nothing() {
        assertThat(join(Portable.user(stores, JULIET)))
                .isEqualTo(Element.of("user", Portable.NS).with("name", "juliet"));
    }

    // ---- what others write

    /** Made by hand from the examples of the XEP, as Prosody and ejabberd lay it out: a file per user, privacy lists, PEP. */
    @Test
    void what_another_server_has_written_is_imported() throws IOException {
        file("capulet.com/juliet.xml", OTHERS_USER);
        file("capulet.com.xml", """
                <host xmlns='urn:xmpp:pie:0' xmlns:xi='http://www.w3.org/2001/XInclude' jid='capulet.com'>
                  <xi:include href='capulet.com/juliet.xml'/>
                </host>""");
        var main = file("main.xml", """
                <?xml version='1.0' encoding='UTF-8'?>
                <!-- written by another server -->
                <server-data xmlns='urn:xmpp:pie:0' xmlns:xi='http://www.w3.org/2001/XInclude'>
                  <xi:include href='capulet.com.xml'/>
                </server-data>""");

        assertThat(imported(stores, main)).containsExactly(JULIET);

        var scram = join(stores.accounts().credentials(JULIET))
                .orElseThrow()
                .verifiers()
                .get(0);
        assertThat(scram.hash()).isEqualTo("SHA-1");
        assertThat(scram.iterations()).isEqualTo(100_000);
        var roster = join(stores.rosters().of(JULIET));
        assertThat(roster)
                .extracting(RosterItem::contact)
                .containsExactlyInAnyOrder(Jid.of("romeo@montague.net"), Jid.of("mercutio@montague.net"));
        assertThat(join(stores.offline().of(JULIET))).hasSize(1);
        assertThat(join(stores.privateStorage().of(JULIET))).containsOnlyKeys("exodus:prefs", "storage:bookmarks");
        assertThat(join(stores.vcards().find(JULIET, "vcard-temp"))).isPresent();
        assertThat(join(stores.blockLists().of(JULIET))).containsExactly(Jid.of("tybalt@example.com"));
        assertThat(join(stores.archive().ends(JULIET))).hasSize(2).doesNotHaveDuplicates();
        assertThat(notes)
                .hasSize(2)
                .anyMatch(note -> note.matches(".*juliet.xml:\\d+: not imported: a privacy list .*"))
                .anyMatch(note -> note.endsWith("<pubsub xmlns='http://jabber.org/protocol/pubsub'>"));
    }

    private static final String OTHERS_USER = """
            <user xmlns='urn:xmpp:pie:0' name='juliet'>
              <scram-credentials xmlns='urn:xmpp:pie:0#scram' mechanism='SCRAM-SHA-1'>
                <iter-count>100000</iter-count>
                <salt>TmFDbE5hQ2xOYUNsTmFDbE5hQ2xOYUNsTmFDbE5hQ2xOYUNsTmFDbE5hQ2wK</salt>
                <server-key>0pXWGK0GZJ6TR73AIUN3ITYtA1g=</server-key>
                <stored-key>Q6qT/SbybblGCZz8e8eSfCJOQic=</stored-key>
              </scram-credentials>
              <query xmlns='jabber:iq:roster'>
                <item jid='romeo@montague.net' name='Romeo' subscription='both'><group>Friends</group></item>
              </query>
              <presence xmlns='jabber:client' type='subscribe' from='mercutio@montague.net'/>
              <offline-messages>
                <message xmlns='jabber:client' from='romeo@montague.net/orchard' to='juliet@capulet.com' type='chat'>
                  <body>Neither, fair saint</body>
                </message>
              </offline-messages>
              <query xmlns='jabber:iq:private'><exodus xmlns='exodus:prefs'/><storage xmlns='storage:bookmarks'/></query>
              <vCard xmlns='vcard-temp'><FN>Juliet Capulet</FN></vCard>
              <query xmlns='jabber:iq:privacy'>
                <default name='public'/>
                <list name='public'>
                  <item type='jid' value='tybalt@example.com' action='deny' order='1'/>
                  <item action='allow' order='2'/>
                </list>
                <list name='private'><item action='deny' order='15'/></list>
              </query>
              <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:bookmarks:1'/></pubsub>
              <archive xmlns='urn:xmpp:pie:0#mam'>
                <result xmlns='urn:xmpp:mam:2' id='28482-98726-73623'>
                  <forwarded xmlns='urn:xmpp:forward:0'>
                    <delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25Z'/>
                    <message xmlns='jabber:client' to='juliet@capulet.com/balcony' from='romeo@montague.net/orchard'/>
                  </forwarded>
                </result>
                <result xmlns='urn:xmpp:mam:2' id='5d398-28273-f7382'>
                  <forwarded xmlns='urn:xmpp:forward:0'>
                    <delay xmlns='urn:xmpp:delay' stamp='2010-07-10T23:08:25Z'/>
                    <message xmlns='jabber:client' to='romeo@montague.net/orchard' from='juliet@capulet.com/balcony' id='8a54s'/>
                  </forwarded>
                </result>
              </archive>
            </user>""";

    @Test
    void a_password_is_not_kept_but_what_may_be_kept_of_it() throws IOException {
        imported(stores, host("<user name='juliet' password='R0m30'/>"));

        assertThat(join(stores.accounts().credentials(JULIET)).orElseThrow().verifiers())
                .hasSize(3);
        assertThat(join(Portable.user(stores, JULIET)).toXml()).doesNotContain("R0m30");
    }

    // ---- what is wrong

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "<user name='juliet'><offline-messages>\\n<presence xmlns='jabber:client'/></offline-messages></user>|4|<presence xmlns='jabber:client'> among offline messages, allowed is <message xmlns='jabber:client'> (section 4.5)",
                "<user/>|3|<user> has no name, it must have one (XEP-0227 section 4)",
                "<user name='a b'/>|3|'a b@capulet.com' is no account, allowed is a JID as in juliet@capulet.com (XEP-0227 section 4.2)",
                "<user name='juliet'/>\\n<user name='JULIET'/>|4|juliet@capulet.com is there twice, each account may be there once",
                "<room/>|3|<room xmlns='urn:xmpp:pie:0'>, allowed here is <user xmlns='urn:xmpp:pie:0'> (XEP-0227 section 4)",
                "<user name='juliet'>\\n<query xmlns='jabber:iq:roster'>\\n<item jid='@'/></query></user>|5|jid is '@', allowed is a JID as in romeo@montague.net (section 4.4)",
                "<user name='juliet'><query xmlns='jabber:iq:roster'>\\n<item jid='r@m' subscription='all'/></query></user>|4|subscription is 'all', allowed are none, to, from and both (RFC 6121 section 2.1.2.5)",
                "<user name='juliet'>\\n<scram-credentials xmlns='urn:xmpp:pie:0#scram' mechanism='SCRAM-SHA-1'><iter-count>010</iter-count><salt>AAAA</salt></scram-credentials></user>|4|iter-count is '010', allowed is a positive integer without leading zeros (section 4.3)",
                "<include xmlns='http://www.w3.org/2001/XInclude' href='http://example.org/x.xml'/>|3|an include of 'http://example.org/x.xml', allowed is a relative href alone (XEP-0227 section 5)",
            })
    void a_mistake_is_told_with_its_file_its_line_and_what_is_allowed(String users, int line, String words)
            throws IOException {
        var file = host(users.replace("\\n", "\n"));

        assertThatThrownBy(() -> imported(stores, file)).hasStackTraceContaining(file + ":" + line + ": " + words);
        assertThat(join(stores.accounts().all("capulet.com"))).isEmpty();
    }

    @Test
    void what_is_no_xml_is_told_with_its_line() throws IOException {
        var file = host("<user name='juliet'>");

        assertThatThrownBy(() -> imported(stores, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":4: ");
    }

    @Test
    void nothing_is_imported_if_one_of_them_is_there_already() throws IOException {
        Everything.of(stores, JULIET);

        assertThatThrownBy(() -> imported(stores, host("<user name='nurse'/>\n<user name='juliet'/>")))
                .hasStackTraceContaining("juliet@capulet.com: there is an account already, remove it first");
        assertThat(join(stores.accounts().exists(Jid.of("nurse@capulet.com")))).isFalse();
    }

    @Test
    void what_is_left_of_an_unfinished_import_does_not_come_twice() throws IOException {
        var file = host(
                "<user name='juliet'><offline-messages><message xmlns='jabber:client'/></offline-messages></user>");
        join(stores.offline().add(JULIET, Element.of("message", "jabber:client"), 10));

        imported(stores, file);

        assertThat(join(stores.offline().count(JULIET))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "from='@@', from='@@' in an offline message",
        "to='a b@/', to='a b@/' in an offline message",
        "to='nurse@capulet.com', an offline message to nurse@capulet.com"
    })
    void an_offline_message_that_could_not_be_delivered_is_refused(String address, String wrong) throws IOException {
        var file = host("<user name='juliet'><offline-messages><message xmlns='jabber:client' " + address
                + "/></offline-messages></user>");

        assertThatThrownBy(() -> imported(stores, file))
                .hasMessageContaining("in.xml:3: ")
                .hasMessageContaining(wrong);
        assertThat(join(stores.offline().count(JULIET))).isZero();
    }

    @Test
    void a_domain_that_is_not_served_is_noted() throws IOException {
        imported(
                stores,
                file(
                        "x.xml",
                        "<server-data xmlns='urn:xmpp:pie:0'><host jid='montague.net'><user name='romeo' password='x'/></host></server-data>"));

        assertThat(notes).singleElement().asString().contains("montague.net is not served");
    }
}
