package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hotdash.ops.shopify.WrittenDocuments.Found;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every document that stands in the project, in code, tests and docs, can be asked of Shopify. */
class DocumentsTest {
  /** What looks like a document for Shopify and need not be valid; no other text is let pass. */
  private static final List<Excepted> EXCEPTIONS =
      List.of(
          new Excepted("/fly/", "…", "asked of Fly, whose schema is another one"),
          new Excepted("shopify/DocumentsTest", "…", "the exceptions themselves"),
          new Excepted("CostAgreementTest", "{ edges { cursor node", "a piece, made at random"),
          new Excepted(
              "CostAgreementTest",
              "{ shopMoney { amount currencyCode } }",
              "a piece of a random one"),
          new Excepted("CostPredictorTest", "{ shop { id }", "broken on purpose"),
          new Excepted("CostPredictorTest", "{ ...F }", "a missing fragment, on purpose"),
          new Excepted("CostPredictorTest", "{ ...F0 }", "without end, on purpose"),
          new Excepted("CostPredictorTest", "{ ...F } fragment F on QueryRoot {…", "a circle"),
          new Excepted("CostPredictorTest", "{ products(first: 250) { nodes", "a piece, repeated"),
          new Excepted(
              "CostPredictorTest", "query Q($n: Int!) { orders(…", "fields made up by cost"),
          new Excepted("RequestedCostTest", "{ shop { id }", "broken on purpose"),
          new Excepted("RequestedCostTest", "{ shop(a: 1)…", "in conflict on purpose"),
          new Excepted("RequestedCostTest", "{ ...F }", "a missing fragment, on purpose"),
          new Excepted("RequestedCostTest", "{ ...F } fragment F on QueryRoot {…", "a circle"),
          new Excepted("RequestedCostTest", "{ a(first: 250)…", "made up by cost"),
          new Excepted("RequestedCostTest", "mutation { refundCreate(input: {})…", "no input"),
          new Excepted("IdempotencyMemoryTest", "mutation { refundCreate(input: {})…", "no input"),
          new Excepted("NotTwiceTest", "mutation { refundCreate(1) 1…", "filled in by the cases"),
          new Excepted("NotTwiceTest", "mutation { tagsAdd(…tags: [\"a\"", "a piece, made long"));

  /**
   * @param file a part of the file's path
   * @param text the text, with … for any text
   */
  private record Excepted(String file, String text, String reason) {
    boolean covers(Found found) {
      var pattern = ("\\Q" + text + "\\E").replace("…", "\\E.*\\Q");
      return found.file().contains(file)
          && Pattern.compile(pattern, Pattern.DOTALL)
              .matcher(found.texts().get(0).strip())
              .matches();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07", "2026-10"})
  void documents_inAllModules_areValid(String version) throws IOException {
    assumeTrue(CostSpecs.find().isPresent(), "no ../shared/specs/shopify beside the project");
    var objections = new TreeMap<String, List<String>>();

    for (var found : WrittenDocuments.all()) {
      if (EXCEPTIONS.stream().noneMatch(each -> each.covers(found))) {
        var against =
            parsing(found)
                .map(document -> CostSpecs.objections(version, document))
                .orElse(List.of("does not parse"));
        if (!against.isEmpty()) {
          objections.put(found.toString(), against);
        }
      }
    }

    assertThat(objections).isEmpty();
  }

  @Test
  void documents_lookedFor_areFoundInEachModule() throws IOException {
    var all = WrittenDocuments.all();

    assertThat(all.stream().map(Found::file))
        .contains(
            "hotdash-ops-shopify/src/main/java/com/hotdash/ops/shopify/ShopDocuments.java",
            "hotdash-ops-shopify/src/test/java/com/hotdash/ops/shopify/ChaosTest.java",
            "hotdash-ops-shopify/src/test/java/com/hotdash/ops/shopify/CostPredictorTest.java",
            "hotdash-ops-testkit/src/test/java/com/hotdash/ops/testkit/EstateTest.java",
            "hotdash-ops-testkit/src/test/java/com/hotdash/ops/testkit/shopify/RequestedCostTest.java",
            "examples/src/main/java/com/hotdash/ops/examples/gameday/FlyHall.java",
            "benchmarks/src/main/java/com/hotdash/ops/benchmarks/GuardBenchmark.java");
    assertThat(EXCEPTIONS)
        .allSatisfy(each -> assertThat(all).as(each.reason()).anyMatch(each::covers));
  }

  @Test
  void java_eachWayToWriteOne_isFound() {
    var source =
        """
        /** Asks {@code { shop { a } }}. */ // don't "query
        char c = '"'; var x = "{ shop {" + " b" + n(1) + " } }"; "{ c }".strip();
        var body = "{\\"query\\":\\"{ shop { d } }\\"}";
        """;

    assertThat(WrittenDocuments.documents(WrittenDocuments.java(source)).map(String::strip))
        .containsExactly("{ shop { a } }", "{ shop { b\u0000 } }", "{ shop { d } }");
  }

  @ParameterizedTest
  @CsvSource({"2026-07", "2026-10"})
  void objections_wrongField_areTold(String version) {
    assumeTrue(CostSpecs.find().isPresent(), "no ../shared/specs/shopify beside the project");

    assertThat(CostSpecs.objections(version, String.join(" ", "{ shop {", "nonsense } }")))
        .isNotEmpty();
  }

  /** Filled in one way or another. */
  private static Optional<String> parsing(Found found) {
    return found.texts().stream().filter(DocumentsTest::parses).findFirst();
  }

  private static boolean parses(String text) {
    try {
      Parser.parse(text);
      return true;
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }
}
