package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.requested;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedCostTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  /** The table of the facts, both ends of each of its ranges. */
  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "7, 3", "8, 4", "12, 4", "13, 5", "20, 5",
    "21, 6", "33, 6", "34, 7", "54, 7", "55, 8", "90, 8", "91, 9", "148, 9", "149, 10", "244, 10",
    "245, 11", "250, 11"
  })
  void multiplier_pageSize_isTheTables(int pageSize, int expected) {
    assertThat(RequestedCost.multiplier(pageSize)).isEqualTo(expected);
    assertThat(requested(shop.ask("{ orders(last: " + pageSize + ") { nodes { id } } }")))
        .isEqualTo(2 + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { shop { id } }                                                             | 1
          { a: shop { id } b: shop { id } }                                           | 2
          { shop { id } shop { name } }                                               | 1
          { shop { id @skip(if: true) plan @include(if: false) { shopifyPlus } } }    | 1
          { nodes(ids: ["a", "b"]) { id ... on Product { title } } }                  | 1
          { node(id: "a") { ... on Order { app { id } customer { id } } ... on Product { featuredMedia { id } } } } | 3
          { orders(first: 10) { pageInfo { hasNextPage } } }                          | 2
          { orders(first: 10) { edges { cursor } } }                                  | 6
          { orders(first: 10) { edges { node { id customer { id } } } } }             | 10
          { order(id: "1") { totalPriceSet { shopMoney { amount currencyCode } } } }  | 1
          { order(id: "1") { billingAddress { city } shippingAddress { city } } }     | 3
          { customer(id: "1") { addresses(first: 5) { city } } }                      | 2
          mutation { tagsAdd(id: "1", tags: []) { node { id } userErrors { message } } } | 10
          query Q { ...F } fragment F on QueryRoot { shop { ...G } } fragment G on Shop { id plan { shopifyPlus } } | 2
          """)
  void requested_document_isByTheFormula(String document, int expected) {
    assertThat(requested(shop.ask(document))).isEqualTo(expected);
  }

  @Test
  void threeNested250s_cost1729_areRefused() {
    var body =
        shop.ask(
            "{ a(first: 250) { nodes { b(first: 250) { nodes { c(first: 250) { nodes { id } } } } } } }");

    assertThat(code(body)).isEqualTo("MAX_COST_EXCEEDED");
    assertThat(body.at("/errors/0/extensions/cost").asInt()).isEqualTo(1_729);
    assertThat(body.has("extensions")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { orders(first: 251) { nodes { id } } } | BAD_REQUEST
          { orders { nodes { id } } }             | BAD_REQUEST
          query Q($n: Int!) { orders(first: $n) { nodes { id } } } | INVALID_VARIABLE
          { shop { id }                           | ''
          { ...F }                                | ''
          { ...F } fragment F on QueryRoot { ...F } | ''
          { shop(a: 1) { id } shop(a: 2) { id } } | ''
          mutation { refundCreate(input: {}) { userErrors { message } } } | BAD_REQUEST
          """)
  void refused_document_costsNothing(String document, String expected) {
    var body = shop.ask(document);

    assertThat(code(body)).isEqualTo(expected);
    assertThat(body.get("errors")).isNotEmpty();
    assertThat(shop.app.available()).isEqualTo(2_000);
  }

  @Test
  void arrayArgument_251Items_isRefused() {
    var ids = Collections.nCopies(251, "gid://shopify/Product/1");
    var reply = shop.reply("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", Map.of("ids", ids));

    assertThat(code(json(reply))).isEqualTo("MAX_INPUT_SIZE_EXCEEDED");
  }

  @Test
  void variables_defaultAndSent_decideThePageSize() {
    var document = "query Q($n: Int = 20) { orders(first: $n) { nodes { id } } }";

    assertThat(requested(json(shop.reply(document, Map.of())))).isEqualTo(7);
    assertThat(requested(json(shop.reply(document, Map.of("n", 250))))).isEqualTo(13);
  }

  @Test
  void actual_rowsReturned_costLess() {
    shop.shopify.rows("locations", 2);
    shop.shopify.rows("product", 0);
    var few = shop.ask("{ locations(first: 20) { nodes { id } } }");
    var none =
        shop.ask("{ product(id: 1) { variants(first: 250) { nodes { inventoryItem { id } } } } }");

    assertThat(few.at("/extensions/cost/actualQueryCost").asInt()).isEqualTo(3);
    assertThat(requested(none)).isEqualTo(25);
    assertThat(none.at("/extensions/cost/actualQueryCost").asInt()).isEqualTo(1);
    assertThat(none.at("/data/product").isNull()).isTrue();
  }

  @Test
  void mutation_costSet_isHeld() {
    shop.shopify.mutationCost("productSet", 24);

    var body = shop.ask("mutation { productSet(input: {}) { userErrors { message } } }");

    assertThat(requested(body)).isEqualTo(24);
  }

  @Test
  void pages_followed_giveEveryRowOnce() {
    shop.shopify.rows("orders", 7);
    String after = "";
    int seen = 0;
    boolean more = true;
    while (more) {
      var body =
          shop.ask(
              "{ orders(first: 3"
                  + after
                  + ") { nodes { id } pageInfo { hasNextPage endCursor } } }");
      seen += body.at("/data/orders/nodes").size();
      more = body.at("/data/orders/pageInfo/hasNextPage").asBoolean();
      after = ", after: \"" + body.at("/data/orders/pageInfo/endCursor").asText() + '"';
      shop.pass(Duration.ofSeconds(1));
    }

    assertThat(seen).isEqualTo(7);
  }
}
