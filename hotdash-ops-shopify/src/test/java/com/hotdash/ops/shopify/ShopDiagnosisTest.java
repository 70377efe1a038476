package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.ShopPoints;
import com.hotdash.ops.procedure.ShopState;
import com.hotdash.ops.procedure.ShopUse;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopDiagnosisTest {
  private static final String ORDERS = "query Orders { orders(first: 10) { nodes { id name } } }";

  private ShopFixture shop = new ShopFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void diagnose_shopIsWell_isNotOkWithoutAnyLookAtTheApplication() {
    try (var client = shop.client()) {
      shop.subscribe(client, ShopFixture.ORDERS);
      shop.subscribe(client, ShopFixture.UNINSTALLED);

      var diagnosis = diagnose(client);

      assertThat(diagnosis.findings())
          .extracting(each -> each.id() + " " + each.verdict())
          .contains(
              "shop.answer OK",
              "shop.scopes OK",
              "shop.version OK",
              "shop.budget OK",
              "shop.foreign-use OK",
              "shop.subscriptions OK");
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains("logs");
      assertThat(diagnosis.recommendations()).isEmpty();
    }
  }

  @Test
  void diagnose_onlyOurOwnCallsByTheBareGate_areNotTakenForOthers() {
    var gate = shop.guard.gate(ShopDomain.of(shop.shopify.domain()));
    shop.shopify.faults(
        call -> {
          // Between any two calls of the look this process uses points in its own way.
          gate.tryAcquire(50, Lane.BATCH).ifPresent(permit -> permit.settle(50));
          shop.app.take(50);
          return Optional.empty();
        });
    try (var client = shop.client()) {
      var foreign = diagnose(client).finding(ShopPoints.ForeignUse.class).orElseThrow().budget();

      assertThat(foreign.foreignPerSecond()).isLessThan(10);
      assertThat(foreign.ownPerSecond()).isGreaterThan(50);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void diagnose_firstOrLastAnswerSlow_blamesNobody(int slow) {
    var calls = new AtomicInteger();
    shop.app.take(1_500);
    shop.shopify.faults(
        call ->
            (slow == 1 ? calls.incrementAndGet() == 1 : call.body().contains("webhookSubscr"))
                ? Optional.of(ShopifyFault.slow(Duration.ofSeconds(3)))
                : Optional.empty());
    try (var client = shop.client()) {
      var budget = diagnose(client).finding(ShopPoints.ForeignUse.class).orElseThrow().budget();

      assertThat(budget.foreignPerSecond()).isLessThan(10);
    }
  }

  @Test
  void diagnose_listingOfSubscriptionsFails_isNotOk() {
    shop.shopify.faults(
        call ->
            call.body().contains("webhookSubscriptions")
                ? Optional.of(ShopifyFault.serverError(503, false))
                : Optional.empty());
    try (var client = shop.client()) {
      assertThat(diagnose(client).notChecked())
          .extracting(NotChecked::what)
          .contains(ShopLook.SUBSCRIPTIONS.name());
    }
  }

  @Test
  void diagnose_anotherShopAnswers_isNotChecked() {
    try (var client = shop.guard.client(ShopDomain.of("another"), shop.token)) {
      var diagnosis = diagnose(client);

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked().toString()).contains("another shop answers");
    }
  }

  @Test
  void diagnose_writesNothingAndCostsLittle() {
    try (var client = shop.client()) {
      double before = shop.app.available();
      var unused = diagnose(client);

      assertThat(shop.shopify.effects()).isEmpty();
      assertThat(before - shop.app.available()).isLessThan(25);
    }
  }

  @Test
  void diagnose_tokenRefused_asksOnceAndKeepsFromTheSecret() {
    shop.app.revokeToken(shop.token);
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(trouble(diagnosis)).isEqualTo(ShopTrouble.UNAUTHORIZED);
      assertThat(shop.calls()).isEqualTo(1);
      assertThat(diagnosis.recommendations().get(0).what()).contains("renew the access token");
      assertThat(diagnosis.contraindications())
          .extracting(Contraindication::id)
          .containsExactly("shop.set-client-id", "shop.rotate-secret");
      assertThat(diagnosis.toString()).doesNotContain(shop.token.reveal());
    }
  }

  @Test
  void diagnose_retiredKindOfToken_isARefusedTokenAlthoughTheStatusIs403() {
    shop.time.advance(Duration.ofDays(60)); // 2027-01-22
    shop.token = shop.app.nonExpiringToken();
    try (var client = shop.client()) {
      assertThat(trouble(diagnose(client))).isEqualTo(ShopTrouble.UNAUTHORIZED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FROZEN, PROBLEM, 1",
    "LOCKED, PROBLEM, 1",
    "REJECTED, PROBLEM, 1",
    "INACTIVE, PROBLEM, 1",
    "NOT_PERMITTED, PROBLEM, 1",
    "TIMED_OUT, PROBLEM, 2",
    "FAILED, PROBLEM, 2",
    "RESOURCE_LIMITED, PROBLEM, 1",
  })
  void diagnose_shopRefuses_tellsWhyAndAsksNoMore(ShopTrouble trouble, Verdict verdict, int calls) {
    Supplier<ShopifyFault> fault =
        () ->
            switch (trouble) {
              case FROZEN -> ShopifyFault.frozen();
              case LOCKED -> ShopifyFault.locked();
              case REJECTED -> ShopifyFault.suspicious();
              case INACTIVE -> ShopifyFault.shopInactive();
              case NOT_PERMITTED -> ShopifyFault.forbidden();
              case TIMED_OUT -> ShopifyFault.gaveUp(false);
              case FAILED -> ShopifyFault.serverError(503, false);
              case RESOURCE_LIMITED -> ShopifyFault.dailyVariantLimit();
              default -> throw new IllegalArgumentException(trouble.name());
            };
    shop.shopify.fault(50, fault.get());
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      assertThat(trouble(diagnosis)).isEqualTo(trouble);
      assertThat(diagnosis.verdict()).isEqualTo(verdict);
      assertThat(shop.calls()).isEqualTo(calls);
      assertThat(diagnosis.recommendations()).isNotEmpty();
      assertThat(diagnosis.notChecked())
          .extracting(NotChecked::what)
          .contains(ShopLook.SCOPES.name(), ShopLook.BUDGET.name());
    }
  }

  @Test
  void diagnose_oneAnswerFails_isAskedAgainAndNoProblem() {
    shop.shopify.fault(1, ShopifyFault.serverError(503, false));
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      var found = diagnosis.finding(ShopState.Answer.class).orElseThrow();
      assertThat(found.verdict()).isEqualTo(Verdict.OK);
      assertThat(found.summary()).contains("just before, it has trouble of its own");
      assertThat(diagnosis.finding(ShopState.Scopes.class)).isPresent();
    }
  }

  @Test
  void diagnose_oneAnswerFailsAndNoTimeIsLeft_isUnknown() {
    shop.shopify.fault(50, ShopifyFault.serverError(503, false));
    try (var client = shop.client();
        var look = client.port().look(shop.time.time().deadline(Duration.ofSeconds(3)))) {
      assertThat(look.answer().toOptional().orElseThrow().before()).isNull();
      assertThat(shop.calls()).isEqualTo(1);
    }
  }

  @Test
  void diagnose_shopIsLocked_keepsFromCallingOn() {
    shop.shopify.fault(50, ShopifyFault.locked());
    try (var client = shop.client()) {
      assertThat(diagnose(client).contraindications())
          .extracting(Contraindication::id)
          .contains("shop.go-on-calling");
    }
  }

  @Test
  void diagnose_connectionCut_isUnknownAndNotOk() {
    shop.shopify.fault(50, ShopifyFault.resetBefore());
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.finding(ShopState.Answer.class)).isEmpty();
      assertThat(diagnosis.notChecked())
          .extracting(NotChecked::what)
          .contains(ShopLook.ANSWER.name(), ShopLook.BUDGET.name());
    }
  }

  @Test
  void diagnose_bucketEmpty_isThrottledUnderStatus200AndTellsTheExactWait() {
    shop.app.foreign(1_000);
    shop.time.advance(Duration.ofMinutes(1));
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      assertThat(trouble(diagnosis)).isEqualTo(ShopTrouble.THROTTLED);
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
      var budget = diagnosis.finding(ShopPoints.Budget.class).orElseThrow();
      assertThat(budget.verdict()).isEqualTo(Verdict.PROBLEM);
      // A tenth of 2,000 points at 100 a second.
      assertThat(budget.budget().waitFor(budget.needed())).isEqualTo(Duration.ofSeconds(2));
      assertThat(diagnosis.recommendations())
          .extracting(Recommendation::id)
          .contains("shop.wait-for-points", "shop.slow-others");
      var foreign = diagnosis.finding(ShopPoints.ForeignUse.class).orElseThrow();
      assertThat(foreign.budget().foreignPerSecond()).isCloseTo(100, Offset.offset(2.0));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {30, 60, 95})
  void diagnose_othersDraw_measuresHowMuch(double perSecond) {
    shop.app.take(1_850);
    shop.app.foreign(perSecond);
    try (var client = shop.client()) {
      var foreign = diagnose(client).finding(ShopPoints.ForeignUse.class).orElseThrow();

      assertThat(foreign.budget().foreignPerSecond()).isCloseTo(perSecond, Offset.offset(2.0));
      assertThat(foreign.budget().atLeast()).isFalse();
      assertThat(foreign.verdict()).isEqualTo(perSecond > 90 ? Verdict.PROBLEM : Verdict.OK);
    }
  }

  @Test
  void diagnose_othersDrawMuchAndLeaveEnough_isNoProblem() {
    shop.app.take(1_000);
    shop.app.foreign(95);
    try (var client = shop.client()) {
      var foreign = diagnose(client).finding(ShopPoints.ForeignUse.class).orElseThrow();

      assertThat(foreign.budget().foreignPerSecond()).isCloseTo(95, Offset.offset(2.0));
      assertThat(foreign.verdict()).isEqualTo(Verdict.OK);
    }
  }

  @Test
  void diagnose_fullBucket_doesNotSayThatNobodyDraws() {
    shop.app.foreign(50);
    try (var client = shop.client()) {
      var foreign = diagnose(client).finding(ShopPoints.ForeignUse.class).orElseThrow();

      assertThat(foreign.budget().atLeast()).isTrue();
      assertThat(foreign.summary()).contains("at most the 100 points/s");
    }
  }

  @Test
  void diagnose_littleTime_saysThatOthersWereNotWatched() {
    try (var client = shop.client();
        var runbook = shop.runbook(client).build()) {
      var diagnosis = runbook.shopifyApiErrors().diagnose(Duration.ofSeconds(3));

      assertThat(diagnosis.finding(ShopPoints.Budget.class)).isPresent();
      assertThat(diagnosis.finding(ShopPoints.ForeignUse.class)).isEmpty();
      assertThat(diagnosis.notChecked())
          .extracting(NotChecked::what)
          .contains("who else draws on the budget of calls");
    }
  }

  @Test
  void diagnose_noThrottleStatus_isNotTakenForAFullBucket() {
    shop.shopify.throttleStatus(false);
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      assertThat(diagnosis.finding(ShopPoints.Budget.class)).isEmpty();
      assertThat(diagnosis.notChecked())
          .filteredOn(each -> each.what().equals(ShopLook.BUDGET.name()))
          .extracting(NotChecked::why)
          .containsExactly(NotChecked.Why.TOO_LITTLE_DATA);
    }
  }

  @Test
  void diagnose_scopeMissing_namesIt() {
    shop.needs = new ShopNeeds(Set.of("read_orders", "write_products", "read_products"), List.of());
    shop.token = shop.app.token("write_orders", "read_products");
    try (var client = shop.client()) {
      var diagnosis = diagnose(client);

      // Who may write may read, but not the other way round.
      assertThat(diagnosis.finding(ShopState.Scopes.class).orElseThrow().scopes())
          .satisfies(scopes -> assertThat(scopes.missing()).containsExactly("write_products"));
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(diagnosis.recommendations().get(0).what()).contains("grant write_products");
    }
  }

  @Test
  void diagnose_versionNoLongerAccessible_tellsWhichOneAnswered() {
    shop.close();
    shop = new ShopFixture("2025-10"); // gone since 2026-10-16
    try (var client = shop.client()) {
      var version = diagnose(client).finding(ShopState.Version.class).orElseThrow();

      assertThat(version.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(version.version().served()).isEqualTo("2026-01");
      assertThat(version.version().newest()).isEqualTo("2026-10");
    }
  }

  @Test
  void diagnose_versionNearItsEnd_isAProblemInTime() {
    shop.close();
    shop = new ShopFixture("2026-01"); // until 2027-01-16 15:00
    try (var client = shop.client()) {
      shop.time.advance(Duration.ofDays(20)); // 2026-12-13: 34 days before
      assertThat(version(client).verdict()).isEqualTo(Verdict.OK);

      shop.time.advance(Duration.ofDays(6)); // 28 days before
      assertThat(version(client).verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(version(client).version().accessibleUntil())
          .isEqualTo(Instant.parse("2027-01-16T15:00:00Z"));
    }
  }

  private ShopState.Version version(ShopifyClient client) {
    return diagnose(client).finding(ShopState.Version.class).orElseThrow();
  }

  @Test
  void diagnose_sameAskedEveryThirtySeconds_isPollingWithItsPrice() {
    try (var client = shop.client()) {
      for (int i = 0; i < 12; i++) {
        client.call(ORDERS, Map.of());
        shop.time.advance(Duration.ofSeconds(30));
      }

      var diagnosis = diagnose(client);

      var waste = diagnosis.finding(ShopUse.Waste.class).orElseThrow();
      assertThat(waste.id()).isEqualTo("shop.polling");
      assertThat(waste.operation().name()).isEqualTo("orders");
      assertThat(waste.operation().period()).isEqualTo(Duration.ofSeconds(30));
      assertThat(waste.operation().repeated()).isEqualTo(11);
      assertThat(diagnosis.recommendations())
          .extracting(Recommendation::id)
          .contains("shop.subscribe");
    }
  }

  @Test
  void diagnose_sameAskedNowAndThen_isForACache() {
    try (var client = shop.client()) {
      for (int i = 0; i < 12; i++) {
        client.call(ORDERS, Map.of());
        shop.time.advance(Duration.ofSeconds(i % 3 == 0 ? 1 : 25));
      }

      var diagnosis = diagnose(client);

      assertThat(diagnosis.finding(ShopUse.Waste.class).orElseThrow().id())
          .isEqualTo("shop.repeats");
      assertThat(diagnosis.recommendations()).extracting(Recommendation::id).contains("shop.cache");
    }
  }

  @Test
  void diagnose_otherVariablesEachTime_isNoRepetition() {
    try (var client = shop.client()) {
      for (int i = 0; i < 12; i++) {
        client.call(
            "query One($id: ID!) { order(id: $id) { id } }",
            Map.of("id", "gid://shopify/Order/" + i));
      }

      assertThat(diagnose(client).finding(ShopUse.Waste.class)).isEmpty();
    }
  }

  @Test
  void diagnose_dearOperation_isNamedWithBulkAsTheWayOut() {
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    var dear =
        "query Deep { orders(first: 50) { nodes { lineItems(first: 50) { nodes { product {"
            + " id variants(first: 50) { nodes { id } } } } } } } }";
    try (var client = shop.client()) {
      client.call(dear, Map.of());

      var diagnosis = diagnose(client);

      assertThat(diagnosis.recommendations())
          .filteredOn(each -> each.id().equals("shop.bulk-operation"))
          .hasSize(1)
          .allSatisfy(each -> assertThat(each.what()).contains("orders"));
      // It is the largest call, so the budget is judged by it.
      var budget = diagnosis.finding(ShopPoints.Budget.class).orElseThrow();
      assertThat(budget.needed()).isGreaterThan(500);
    }
  }

  @Test
  void diagnose_ownLookIsNoCallOfTheProcess() {
    try (var client = shop.client()) {
      var unused = diagnose(client);

      assertThat(diagnose(client).finding(ShopUse.OwnCalls.class)).isEmpty();
    }
  }

  @Test
  void look_closedBefore_sendsNothing() {
    try (var client = shop.client()) {
      var look = client.port().look(shop.time.time().deadline(Duration.ofSeconds(5)));
      look.close();

      assertThat(look.answer().obstacle())
          .hasValueSatisfying(why -> assertThat(why.why()).isEqualTo(NotChecked.Why.CANCELLED));
      assertThat(shop.calls()).isZero();
    }
  }

  @Test
  void diagnose_wrongToken_isNeverPrinted() {
    var wrong = "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";
    shop.token = Secret.of(wrong);
    try (var client = shop.client();
        var runbook = shop.runbook(client).build()) {
      var diagnosis = runbook.shopifyApiErrors().diagnose();

      assertThat(diagnosis + runbook.toString() + diagnosis.page()).doesNotContain(wrong);
    }
  }

  private Diagnosis diagnose(ShopifyClient client) {
    try (var runbook = shop.runbook(client).build()) {
      return runbook.shopifyApiErrors().diagnose();
    }
  }

  private static ShopTrouble trouble(Diagnosis diagnosis) {
    return diagnosis.finding(ShopState.Answer.class).orElseThrow().answer().trouble();
  }
}
