package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostPredictorTest {
  private final CostPredictor predictor = new CostPredictor(CostTables.load());

  private QueryCost predict(String document) {
    return predictor.predict(document, null, Map.of());
  }

  @Test
  void requested_costPairsOfLiveShops_allHold() {
    var pairs = CostSpecs.sample("cost-pairs.json");

    assertThat(pairs.size()).isEqualTo(16);
    for (var pair : pairs) {
      var document = pair.get("query").asText();
      assertThat(predict(document).requested())
          .as("%s", pair)
          .isEqualTo(pair.get("requested").asInt());
      assertValid(document);
    }
  }

  /** The table of the facts, both ends of each of its ranges. */
  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "7, 3", "8, 4", "12, 4", "13, 5", "20, 5",
    "21, 6", "33, 6", "34, 7", "54, 7", "55, 8", "90, 8", "91, 9", "148, 9", "149, 10", "244, 10",
    "245, 11", "250, 11"
  })
  void multiplier_pageSize_isTheTables(int pageSize, int expected) {
    assertThat(CostFormula.multiplier(pageSize)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { shop { id } }                                                          | 1
          { a: shop { id } b: shop { id } }                                        | 2
          { shop { id } shop { name } }                                            | 1
          { shop { __typename } }                                                  | 1
          { shop { id plan @include(if: false) { shopifyPlus } } }                 | 1
          { shop { id plan @skip(if: false) { shopifyPlus } } }                    | 2
          { nodes(ids: ["gid://shopify/Product/1"]) { id ... on Product { title } } } | 1
          { orders(first: 10) { pageInfo { hasNextPage } } }                       | 2
          { orders(first: 10) { edges { cursor } } }                               | 6
          { orders(last: 10) { edges { node { id customer { id } } } } }           | 10
          { orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id } } } } } | 156
          { node(id: "gid://shopify/Order/1") { ... on Order { app { id } customer { id } } ... on Product { featuredMedia { id } } } } | 3
          { node(id: "gid://shopify/Order/1") { ... on HasEvents { events(first: 1) { nodes { id } } } ... on Order { app { id } } } } | 5
          { customer(id: "gid://shopify/Customer/1") { addressesV2(first: 5) { nodes { city } } defaultEmailAddress { emailAddress } } } | 7
          { location(id: "gid://shopify/Location/1") { address { city } } }        | 1
          { order(id: "gid://shopify/Order/1") { totalPriceSet { shopMoney { amount } } shippingAddress { city } billingAddress { city } } } | 3
          query Q { ...F } fragment F on QueryRoot { shop { ...G } } fragment G on Shop { id plan { shopifyPlus } } | 2
          mutation { tagsAdd(id: "gid://shopify/Order/1", tags: ["a"]) { node { id } userErrors { message } } } | 10
          mutation { a: tagsAdd(id: "gid://shopify/Order/1", tags: []) { userErrors { message } } b: tagsAdd(id: "gid://shopify/Order/2", tags: []) { userErrors { message } } } | 20
          """)
  void requested_document_isByTheFormulaAndValid(String document, int expected) {
    assertThat(predict(document).requested()).isEqualTo(expected);
    assertValid(document);
  }

  private static void assertValid(String document) {
    for (var version : CostSpecs.VERSIONS) {
      assertThat(CostSpecs.objections(version, document)).as(document).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ shop { name myshopifyDomain } }",
        "{ publicApiVersions { handle displayName supported } }",
        "{ currentAppInstallation { accessScopes { handle } } }",
        "{ orders(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage } } }",
        "query Q($n: Int = 20) { orders(first: $n) { nodes { id } } }",
      })
  void documents_ofTheseTests_areValidInBothVersions(String document) {
    assertValid(document);
  }

  @Test
  void pageSize_variableOrDefaultOrNothing_isTheOneSentOrTheLargest() {
    var document = "query Q($n: Int = 20) { orders(first: $n) { nodes { id } } }";

    assertThat(predict(document).requested()).isEqualTo(7);
    assertThat(predictor.predict(document, null, Map.of("n", 250)).requested()).isEqualTo(13);
    assertThat(predictor.predict(document, null, Map.of("n", 250L)).key())
        .isEqualTo(predictor.predict(document, null, Map.of("n", 250)).key());
    assertThat(predict("query Q($n: Int) { orders(first: $n) { nodes { id } } }").requested())
        .isEqualTo(13);
    assertThat(predictor.predict(document, null, Map.of("n", "ten")).requested()).isEqualTo(13);
  }

  @Test
  void condition_variable_decides() {
    var document =
        "query Q($with: Boolean!) { shop { id plan @include(if: $with) { shopifyPlus } } }";

    assertThat(predictor.predict(document, null, Map.of("with", true)).requested()).isEqualTo(2);
    assertThat(predictor.predict(document, null, Map.of("with", false)).requested()).isEqualTo(1);
    assertThat(predict(document).requested()).as("not sent").isEqualTo(2);
  }

  @Test
  void operation_named_isTheOneThatCounts() {
    var document = "query A { shop { id } } query B { shop { id plan { shopifyPlus } } }";

    assertThat(predictor.predict(document, "A", Map.of()).requested()).isEqualTo(1);
    assertThat(predictor.predict(document, "B", Map.of()).requested()).isEqualTo(2);
    assertThatThrownBy(() -> predict(document)).hasMessageContaining("2 operations");
    assertThatThrownBy(() -> predictor.predict(document, "C", Map.of())).hasMessageContaining("C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{ shop { id }",
        "fragment F on Shop { id }",
        "{ ...F }",
        "{ ...F } fragment F on QueryRoot { shop { id } ...F }",
        "\u0000"
      })
  void predict_noDocument_isRefused(String text) {
    assertThatThrownBy(() -> predict(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void predict_fragmentsThatDouble_isRefusedSoon() {
    var text = new StringBuilder("{ ...F0 }");
    for (int i = 0; i < 60; i++) {
      text.append(" fragment F%d on QueryRoot { ...F%d ...F%d }".formatted(i, i + 1, i + 1));
    }
    text.append(" fragment F60 on QueryRoot { shop { id } }");

    assertThatThrownBy(() -> predict(text.toString())).hasMessageContaining("20000 fields");
  }

  @Test
  void predict_nestedWithoutEnd_staysANumber() {
    var text = "{ products(first: 250) { nodes ".repeat(30) + "{ id }" + " } }".repeat(30);

    assertThat(predict(text).requested()).isEqualTo(1_000_000);
  }

  @Test
  void learn_reply_comesFirstFromThenOn() {
    var document = "mutation { productSet(input: {}) { product { id } userErrors { message } } }";
    var first = predict(document);
    assertThat(first).hasToString("10 points, predicted");

    predictor.learn(first, 24);

    assertThat(predict(document)).hasToString("24 points, learned");
    predictor.served("2026-10");
    predictor.served("2026-07");
    assertThat(predict(document)).hasToString("10 points, predicted");
  }

  @Test
  void learn_documentThatDiffersInNothingThatCosts_isTheSame() {
    predictor.learn(predict("query A { order(id: 1) { id name app { id } } }"), 9);

    assertThat(predict("query B{order(id:2){id,name,app{id}}} # the same").requested())
        .isEqualTo(9);
    assertThat(predict("query B { order(id: 2) { id name tags app { id } } }").requested())
        .isEqualTo(2);
  }

  @Test
  void learn_dearerThanReckoned_raisesOtherPageSizesToo() {
    var document = "query Q($n: Int!) { orders(first: $n) { nodes { id } } }";
    predictor.learn(predictor.predict(document, null, Map.of("n", 10)), 12);

    var other = predictor.predict(document, null, Map.of("n", 250));

    assertThat(other).hasToString("26 points, predicted");
    predictor.learn(other, 13);
    assertThat(predictor.predict(document, null, Map.of("n", 250)).requested()).isEqualTo(13);
  }

  @Test
  void learn_mutation_isKeptApartByItsInput() {
    var document =
        "mutation M($tags: [String!]!) { tagsAdd(id: 1, tags: $tags) { userErrors { message } } }";
    predictor.learn(predictor.predict(document, null, Map.of("tags", List.of("a"))), 10);
    var many = predictor.predict(document, null, Map.of("tags", Collections.nCopies(50, "a")));
    assertThat(many.source()).isEqualTo(QueryCost.Source.PREDICTED);
    predictor.learn(many, 30);

    assertThat(predictor.predict(document, null, Map.of("tags", List.of("b"))).requested())
        .isEqualTo(10);
  }

  @Test
  void affordable_1000Points_isLetThroughAnd1001IsNot() {
    assertThat(affordable(1_000)).isEqualTo(1_000);
    assertThatThrownBy(() -> affordable(1_001)).isInstanceOf(QueryCostException.class);
  }

  private int affordable(int objects) {
    var document = new StringBuilder("{");
    for (int i = 0; i < objects; i++) {
      document.append(" s").append(i).append(": shop { id }");
    }
    return predictor.affordable(document.append(" }").toString(), null, Map.of()).requested();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { products(first: 250) { nodes { variants(first: 250) { nodes { metafields(first: 250) { nodes { id } } } } } } } \
          | 1729 | lower the page size of products.variants.metafields (first) from 250 to 12: 882 points; or
          query Q($n: Int = 250) { products(first: 250) { edges { node { variants(first: 250) { edges { node { metafields(last: $n) { nodes { id } } media(first: 250) { nodes { id } } } } } } } } } \
          | 3302 | lower the page size of products.variants.metafields (last: $n) from 250 to 2, and of products.variants.media (first) from 250 to 2: 882 points; or
          """)
  void affordable_tooDear_saysWhichPageToLower(String document, int cost, String advice) {
    assertThatThrownBy(() -> predictor.affordable(document, null, Map.of()))
        .isInstanceOfSatisfying(
            QueryCostException.class,
            refused -> {
              assertThat(refused.cost()).isEqualTo(cost);
              assertThat(refused.nextStep().orElseThrow()).startsWith(advice);
              assertThat(refused.retryable()).isFalse();
            })
        .hasMessageStartingWith("shopify graphql: not sent: the document would cost " + cost);
  }

  @Test
  void affordable_noPageSizeHelps_saysSo() {
    assertThatThrownBy(() -> affordable(2_000)).hasMessageContaining("split the document");
  }

  /** What stands outside of a connection costs no more for larger pages: a factor is a guess. */
  @Test
  void affordable_smallPageCostMore_largeOneIsStillAsked() {
    var document =
        "query Q($n: Int!) { orders(first: $n) { nodes { id a { id b { id c { id } } } d { id"
            + " e { id } } lineItems(first: 30) { nodes { id } } } } }";
    var small = predictor.predict(document, null, Map.of("n", 1));
    int large = predictor.predict(document, null, Map.of("n", 250)).requested();
    assertThat(large).isBetween(110, 1_000);

    predictor.learn(small, 10 * small.requested());

    assertThat(predictor.affordable(document, null, Map.of("n", 250)).held()).isEqualTo(1_000);
  }

  @Test
  void learned_twoVersionsOnOneShop_areKeptApart() {
    var state =
        ShopState.of(
            ShopDomain.of("hotdash"), com.hotdash.ops.time.Time.SYSTEM, (n, t) -> () -> {}, 0.2, 9);
    var document = "{ shop { name } }";
    var old = state.predictor("2026-07");
    var now = state.predictor("2026-10");
    for (var each : List.of(old, now, old, now)) {
      each.served(each == old ? "2026-07" : "2026-10");
      each.learn(each.predict(document, null, Map.of()), each == old ? 7 : 1);
    }

    assertThat(old.predict(document, null, Map.of()).held()).isEqualTo(7);
    assertThat(now.predict(document, null, Map.of()).held()).isEqualTo(1);
  }
}
