package io.escalus4j.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.escalus4j.server.net.BatchingLoop;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The floors of the house: an arrow may only point down. */
class ArchitectureTest {
    private static final String SERVER = "io.escalus4j.server";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SERVER);

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("io.escalus4j..");
    }

    @Test
    void the_server_knows_the_parser_and_nothing_else_of_the_house() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(ours()).or(resideInAnyPackage(SERVER + "..", "io.escalus4j.exml..")))
                .check(CLASSES);
    }

    @Test
    void the_server_knows_no_test_library() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..", "org.awaitility..", "ch.qos.logback..")
                .check(CLASSES);
    }

    /** A package and which other packages of the server it may use; what the modules are made of is in ServerContext. */
    @ParameterizedTest
    @CsvSource({
        "time,         ''",
        "xmpp,         ''",
        "store,        'xmpp'",
        "store.memory, 'xmpp store'",
        "store.sql,    'xmpp store config'",
        "config,       'xmpp'",
        "module,       'xmpp route store time'",
        "route,        'xmpp module store time'",
        "auth,         'xmpp module route store config'",
        "stream,       'xmpp module route auth config time'",
        "portable,     'xmpp store auth'",
        "net,          'stream auth config time'",
        "net.http,     'net stream auth config xmpp time'",
        "xep.im,       'xmpp module route store xep time'",
        "xep.mam,      'xmpp module route store xep xep.muc time'",
        "xep.muclight, 'xmpp module route store xep xep.im xep.mam'",
        "xep,          'xmpp module route store auth config xep.im xep.mam xep.muclight xep.muc time'",
        "xep.muc,      'xmpp module route store config xep time'",
        "control,      'xmpp module route config xep time'"
    })
    void each_package_stands_on_those_below_it(String floor, String below) {
        var allowed = Stream.concat(Stream.of(floor), Arrays.stream(below.split(" ")))
                .filter(name -> !name.isEmpty())
                .map(name -> SERVER + '.' + name)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(SERVER + '.' + floor)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage(SERVER + ".."))
                        .or(resideInAnyPackage(allowed))
                        .or(isWhatModulesAreMadeOf(floor)))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> isWhatModulesAreMadeOf(String floor) {
        return DescribedPredicate.describe(
                "the context in modules",
                used -> (floor.startsWith("xep") || floor.equals("control")) && used.isEquivalentTo(ServerContext.class)
                        || floor.equals("control") && used.isEquivalentTo(XmppServer.class));
    }

    /** Nothing that runs in production knows the door for tests; the stand-alone server opens it when it is told to. */
    @Test
    void nobody_but_the_stand_alone_server_knows_the_control_port() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".control")
                .and()
                .doNotHaveFullyQualifiedName(StandaloneServer.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + ".control")
                .check(CLASSES);
    }

    @Test
    void only_the_network_and_the_start_know_netty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVER, SERVER + ".net..", SERVER + ".control")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void only_the_configuration_knows_jackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVER + ".config", SERVER + ".control")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void only_storage_in_a_database_knows_one() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".store.sql")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..", "com.zaxxer..", "org.flywaydb..")
                .check(CLASSES);
    }

    /** A server in a test starts without the classes of a database. */
    @Test
    void only_the_stand_alone_server_opens_a_database() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER + ".store.sql")
                .and()
                .doNotHaveFullyQualifiedName(StandaloneServer.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(Maintenance.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER + ".store.sql")
                .check(CLASSES);
    }

    /**
     * What a protocol waits for is due by the server's own time, which a test may own. Four look at the machine and not at
     * the protocol: how long it takes until nothing goes on inside, until the threads have ended, until a file is written,
     * until all connections have what they are due.
     */
    @Test
    void nothing_but_the_servers_time_knows_what_time_it_is() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVER + ".time", SERVER + ".store.sql")
                .and()
                .doNotHaveFullyQualifiedName(Threads.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(Idleness.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(BatchingLoop.class.getName())
                .should()
                .callMethodWhere(asksTheMachineForTheTime())
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaCall<?>> asksTheMachineForTheTime() {
        return DescribedPredicate.describe("asks the machine for the time", call -> {
            var owner = call.getTargetOwner();
            String name = call.getName();
            return owner.isEquivalentTo(System.class)
                            && Set.of("nanoTime", "currentTimeMillis").contains(name)
                    || owner.isAssignableTo(Clock.class) && name.startsWith("system")
                    || owner.getPackageName().equals("java.time") && name.equals("now") && takesNoClock(call)
                    || owner.isEquivalentTo(Thread.class) && name.equals("sleep")
                    || owner.isAssignableTo(CompletableFuture.class)
                            && Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")
                                    .contains(name)
                    || owner.isAssignableTo(ScheduledExecutorService.class) && name.startsWith("schedule")
                    || owner.isAssignableTo(java.util.Timer.class);
        });
    }

    private static boolean takesNoClock(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isAssignableTo(Clock.class));
    }

    /** The same for libraries: what expires in a cache does so by the server's time, and no handler of Netty has timers. */
    @Test
    void no_library_knows_what_time_it_is() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.handler.timeout..", "io.netty.handler.traffic..")
                .check(CLASSES);
    }

    @Test
    void two_servers_in_one_jvm_share_no_state() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(DescribedPredicate.describe(
                        "something that changes",
                        type -> type.isAssignableTo(java.util.concurrent.ConcurrentMap.class)
                                || type.getPackageName().equals("java.util.concurrent.atomic")))
                .check(CLASSES);
    }

    @Test
    void nothing_depends_on_the_program() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Main.class)
                .check(CLASSES);
    }
}
