package io.escalus4j.server.store.sql;

import static io.escalus4j.server.store.Everything.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How many rows H2 looks at for a page: never those of other owners. Each statement is explained with its arguments. */
class ArchivePlansTest {
    private static final int OWNERS = 20;
    private static final int EACH = 200;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Jid CONTACT = Jid.of("contact@example.org");
    private static final Jid ALICE = owner(7);

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Stores stores;
    private Connection connection;

    @BeforeEach
    void messages_of_many_owners() throws SQLException {
        stores = SqlStores.open(StoreConfig.STANDARD.at(url));
        join(IntStream.range(0, OWNERS * EACH)
                .mapToObj(number -> stores.archive().append(owner(number % OWNERS), message(number)))
                .reduce((one, other) -> other)
                .orElseThrow());
        connection = DriverManager.getConnection(Dialect.of(url).url(url));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        stores.close();
    }

    private static Jid owner(int number) {
        return Jid.of("user" + number, "example.org");
    }

    private static Archived message(int number) {
        var stanza = Element.of("message", "jabber:client").with("id", "m" + number);
        return new Archived(id(number), CONTACT, Optional.of("m" + number), stanza);
    }

    private static ArchiveId id(int number) {
        return ArchiveId.at(BEGIN.plusMillis(number), 0);
    }

    /** The {@code number}th of alice's. */
    private static ArchiveId hers(int number) {
        return id(7 + number * OWNERS);
    }

    record Page(String name, ArchiveQuery query, ArchiveSlice slice, int mostRows) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Page> pages() {
        var all = ArchiveQuery.ALL;
        return List.of(
                new Page("first", all, ArchiveSlice.first(10), 12),
                new Page("last", all, ArchiveSlice.last(10), 12),
                new Page("after one", all, ArchiveSlice.after(hers(50), 10), 12),
                new Page("before one", all, ArchiveSlice.before(hers(50), 10), 12),
                new Page("after one that is named", all.after(hers(50)), ArchiveSlice.first(10), 12),
                new Page("between two", all.from(hers(50)).to(hers(60)), ArchiveSlice.first(20), 12),
                new Page("since a time", all.from(BEGIN.plusMillis(2000)), ArchiveSlice.first(10), 12),
                new Page("named ones", all.only(Set.of(hers(1), hers(199))), ArchiveSlice.first(10), 3),
                new Page("with a contact", all.with(CONTACT), ArchiveSlice.first(10), 12),
                new Page("counted", all, ArchiveSlice.first(10).counting(), EACH + 1));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_reads_no_more_rows_than_it_must(Page page) throws SQLException {
        var explained = new ArrayList<String>();

        var found = new ArchiveReading(new Sql(explaining(explained)), ALICE, page.query()).page(page.slice());

        assertThat(found.orElseThrow().messages()).isNotEmpty();
        assertThat(explained)
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(scanned(plan)).as(plan).isLessThanOrEqualTo(page.mostRows()));
    }

    /** From the newest on: what is taken back was mostly said lately; one that is not there costs all that was said with a contact. */
    @Test
    void a_message_by_its_name_reads_what_is_newer_and_nothing_of_others() throws SQLException {
        var explained = new ArrayList<String>();
        var reading = new ArchiveReading(new Sql(explaining(explained)), ALICE, ArchiveQuery.ALL.with(CONTACT));

        assertThat(reading.called("m" + (7 + 195 * OWNERS), 1)).hasSize(1);
        assertThat(reading.called("nothing", 1)).isEmpty();

        assertThat(scanned(explained.get(0))).isLessThanOrEqualTo(6);
        assertThat(scanned(explained.get(1))).isLessThanOrEqualTo(EACH + 1);
    }

    @Test
    void a_scan_would_be_seen() throws SQLException {
        var explained = new ArrayList<String>();

        new Sql(explaining(explained)).count("select count(*) from archived where groupchat", new Object[0]);

        assertThat(scanned(explained.get(0))).isGreaterThan(OWNERS * EACH);
    }

    private static int scanned(String plan) {
        return SCANNED.matcher(plan)
                .results()
                .map(MatchResult::group)
                .mapToInt(found -> Integer.parseInt(found.replaceAll("\\D", "")))
                .sum();
    }

    // ---- a connection that explains what it runs

    private Connection explaining(List<String> plans) {
        return proxy(Connection.class, (method, args) -> {
            Object result = call(connection, method, args);
            return method.getName().equals("prepareStatement")
                    ? statement((PreparedStatement) result, (String) args[0], plans)
                    : result;
        });
    }

    private PreparedStatement statement(PreparedStatement real, String text, List<String> plans) throws SQLException {
        var explained = connection.prepareStatement("explain analyze " + text);
        return proxy(PreparedStatement.class, (method, args) -> {
            if (method.getName().equals("setObject")) {
                call(explained, method, args);
            } else if (method.getName().equals("executeQuery")) {
                try (var rows = explained.executeQuery()) {
                    rows.next();
                    plans.add(rows.getString(1));
                }
            }
            return call(real, method, args);
        });
    }

    private interface Call {
        Object of(Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> call.of(method, args)));
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
