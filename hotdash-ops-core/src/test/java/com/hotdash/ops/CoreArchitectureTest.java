package com.hotdash.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.pipeline.Pipeline;
import com.hotdash.ops.platform.Platform;
import com.hotdash.ops.shop.Shop;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of ARCHITECTURE.md that a compiler does not keep. */
@AnalyzeClasses(locations = CoreArchitectureTest.MainClasses.class)
class CoreArchitectureTest {
  private static final String ROOT = "com.hotdash.ops.";

  /** The lowest first. A new package is to be put on a floor. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("error", "time", "secret", "text"),
          List.of("evidence", "http"),
          List.of("resolution", "metrics", "logs", "health", "statuspage"),
          List.of("app", "platform", "database", "shop", "pipeline"),
          List.of("diagnosis", "observation"),
          List.of("procedure"),
          List.of("report", "escalation"),
          List.of("monitor"),
          List.of("runbook"),
          List.of("catalogue"));

  @ArchTest
  static final ArchRule cycles =
      slices()
          .matching("com.hotdash.ops.(*)..")
          .should()
          .beFreeOfCycles()
          .because("what stands in a circle cannot be understood, tested or replaced alone");

  @ArchTest
  static final ArchRule vendors =
      noClasses()
          .should()
          .haveNameMatching("(?i).*(fly|supabase|supavisor|shopify|github|pgbouncer).*")
          .because("core is what all vendors share: who has none of one must not read about it");

  @ArchTest
  static final ArchRule sql =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
          .because("the postgres module speaks to databases, core only to its port");

  @ArchTest
  static final ArchRule okhttp =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..")
          .because("deadlines, redaction and the ban on repeated writes are kept in the HTTP kit");

  @ArchTest
  static final ArchRule jackson =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "http..",
              ROOT + "report..",
              ROOT + "resolution..",
              ROOT + "logs..",
              ROOT + "health..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..")
          .because("only who reads or writes foreign JSON needs a parser of it");

  @ArchTest
  static final ArchRule diagnosing =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "observation..", ROOT + "diagnosis..", ROOT + "procedure..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "resolution..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Database.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Pipeline.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Platform.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Shop.class)
          .because("who looks must not be able to change anything, not even by mistake");

  @ArchTest
  static final ArchRule time =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "time..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .because("time is handed in, so that a test of ten minutes takes none");

  @ArchTest
  static final ArchRule streams =
      noClasses()
          .should(ACCESS_STANDARD_STREAMS)
          .because("a library's output belongs to its caller, and has to pass the redactor");

  @ArchTest
  static final ArchRule logging =
      noClasses()
          .should(USE_JAVA_UTIL_LOGGING)
          .because("slf4j leaves the choice of the logging to the application");

  @ArchTest
  static final ArchRule state =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("two runbooks in one process must not know of each other");

  @ArchTest
  static void everyPackage_isOnAFloor(JavaClasses classes) {
    var known = FLOORS.stream().flatMap(List::stream).toList();

    assertThat(classes.stream().map(CoreArchitectureTest::concept).distinct())
        .as("because a package without a floor is one that nobody keeps from looking up")
        .isSubsetOf(known)
        .hasSizeGreaterThan(10);
  }

  @ArchTest
  static void everyPackage_dependsOnLowerFloorsOnly(JavaClasses classes) {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (var concept : FLOORS.get(floor)) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + concept + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(notBelow(floor, concept))
            .because("data goes one way, and nothing calls back up (" + concept + ")")
            .allowEmptyShould(true)
            .check(classes);
      }
    }
  }

  @ArchTest
  static void everyPackage_isNullMarked(JavaClasses classes) {
    var packages =
        classes.stream().map(JavaClass::getPackage).map(JavaPackage::getName).distinct().toList();

    assertThat(packages)
        .as("because what may be null must be said, and the compiler takes our word for it")
        .allSatisfy(
            name ->
                assertThat(classes.getPackage(name).tryGetPackageInfo())
                    .hasValueSatisfying(
                        info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue()));
  }

  /** The ground floor's packages know each other; on the others, neighbours do not. */
  private static String[] notBelow(int floor, String concept) {
    var above = FLOORS.stream().skip(floor + 1L).flatMap(List::stream);
    var beside =
        floor == 0
            ? Stream.<String>of()
            : FLOORS.get(floor).stream().filter(other -> !other.equals(concept));
    return Stream.concat(above, beside).map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  private static String concept(JavaClass type) {
    var rest = type.getPackageName().substring(ROOT.length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }

  /** What is compiled from {@code src/main}, wherever the tests run. */
  static final class MainClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return Stream.of(Path.of("target", "classes"))
          .map(path -> Location.of(path.toAbsolutePath()))
          .collect(Collectors.toSet());
    }
  }
}
