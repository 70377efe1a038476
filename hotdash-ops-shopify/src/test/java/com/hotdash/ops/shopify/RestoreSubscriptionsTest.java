package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.ShopState;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.StepResult;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.testkit.shopify.ShopifyEffect;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.web.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreSubscriptionsTest {
  private final ShopFixture shop = new ShopFixture();
  private ShopifyClient client;
  private RunbookProcedures runbook;

  @BeforeEach
  void open() {
    client = shop.client();
    shop.subscribe(client, ShopFixture.UNINSTALLED);
    runbook = shop.runbook(client).build();
  }

  @AfterEach
  void close() {
    runbook.close();
    client.close();
    shop.close();
  }

  @Test
  void diagnose_subscriptionLostAfterFailures_recommendsToMakeItAgain() {
    var diagnosis = runbook.shopifyApiErrors().diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    var finding = diagnosis.finding(ShopState.Subscriptions.class).orElseThrow();
    assertThat(finding.subscriptions().missing()).containsExactly(ShopFixture.ORDERS);
    assertThat(diagnosis.next()).contains("ops.shopifyApiErrors().restoreSubscriptions().plan()");
    var remedy = Objects.requireNonNull(diagnosis.recommendations().get(0).remedy());
    assertThat(runbook.resolution(remedy).plan().steps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"filter, total_price:>=100", "format, XML"})
  void diagnose_subscriptionThatTellsLess_isMissing(String member, String value) {
    client.call(
        ShopDocuments.SUBSCRIBE,
        Map.of(
            "topic",
            "ORDERS_CREATE",
            "to",
            Map.of("uri", ShopFixture.ORDERS.uri(), member, value)));

    var diagnosis = runbook.shopifyApiErrors().diagnose();

    var finding = diagnosis.finding(ShopState.Subscriptions.class).orElseThrow();
    assertThat(finding.subscriptions().missing()).containsExactly(ShopFixture.ORDERS);
  }

  @Test
  void undo_subscriptionMadeAnewByAPersonSince_isLeftAlone() {
    var execution = restore();
    var mine =
        Subscriptions.read(client, shop.time.time().deadline(Duration.ofSeconds(5)), Sending.UNSEEN)
            .all()
            .get(ShopFixture.ORDERS);
    client.call(ShopDocuments.UNSUBSCRIBE, Map.of("id", Objects.requireNonNull(mine)));
    shop.subscribe(client, ShopFixture.ORDERS);

    var undone = execution.undo().apply("it was the wrong address");

    assertThat(undone.done()).isZero();
    assertThat(shop.shopify.effects())
        .extracting(ShopifyEffect::name)
        .containsOnlyOnce("webhookSubscriptionDelete");
  }

  @Test
  void plan_onlyTheMissingOne_changesNothing() {
    var plan = runbook.shopifyApiErrors().restoreSubscriptions().plan();

    assertThat(plan.steps()).hasSize(1);
    assertThat(plan.objections()).isEmpty();
    assertThat(plan.byHand()).singleElement().asString().contains("ORDERS_CREATE");
    assertThat(made()).hasSize(1);
  }

  @Test
  void apply_thenUndo_makesItOnceAndTakesOnlyThatBack() {
    var execution = restore();

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.verify().result()).isEqualTo(Verification.Result.CURED);
    assertThat(made()).hasSize(2);

    var undone = execution.undo().apply("it was the wrong address");

    assertThat(undone.done()).isEqualTo(1);
    assertThat(shop.shopify.effects())
        .extracting(ShopifyEffect::name)
        .containsExactly(
            "webhookSubscriptionCreate", "webhookSubscriptionCreate", "webhookSubscriptionDelete");
    assertThat(
            Subscriptions.read(
                    client, shop.time.time().deadline(Duration.ofSeconds(5)), Sending.UNSEEN)
                .all())
        .containsOnlyKeys(ShopFixture.UNINSTALLED);
  }

  @Test
  void apply_answerLostAfterItWasMade_isSeenAndNotMadeAgain() {
    onTheMutation(ShopifyFault.resetAfter());

    var execution = restore();

    assertThat(execution.results()).singleElement().matches(StepResult::done);
    assertThat(made()).hasSize(2);
  }

  @Test
  void apply_answerLostBeforeItWasMade_staysUncertainAndIsNotSentAgain() {
    onTheMutation(ShopifyFault.resetBefore());

    var execution = restore();

    assertThat(execution.done()).isZero();
    assertThat(execution.results())
        .singleElement()
        .satisfies(result -> assertThat(result.toString()).startsWith("UNCERTAIN"));
    assertThat(made()).hasSize(1);
  }

  @Test
  void apply_somebodyElseMadeItMeanwhile_makesNoSecondOne() {
    var plan = runbook.shopifyApiErrors().restoreSubscriptions().plan();
    shop.subscribe(client, ShopFixture.ORDERS);

    var execution = plan.apply("deliveries stopped at 02:40");

    assertThat(execution.done()).isZero();
    assertThat(made()).hasSize(2);
  }

  @Test
  void plan_nobodySaidWhatIsNeeded_isObjectedTo() {
    shop.needs = new ShopNeeds(Set.of(), List.of());
    try (var other = shop.runbook(client).build()) {
      assertThat(other.shopifyApiErrors().restoreSubscriptions().plan().objections())
          .anyMatch(each -> each.name().equals("not-said") && each.hard());
    }
  }

  private Execution restore() {
    return runbook
        .shopifyApiErrors()
        .restoreSubscriptions()
        .plan()
        .apply("deliveries stopped at 02:40");
  }

  private List<ShopifyEffect> made() {
    return shop.shopify.effects().stream()
        .filter(each -> each.name().equals("webhookSubscriptionCreate"))
        .toList();
  }

  private void onTheMutation(ShopifyFault fault) {
    var once = new AtomicBoolean(true);
    shop.shopify.faults(
        (Call call) ->
            call.body().contains("mutation") && once.getAndSet(false)
                ? Optional.of(fault)
                : Optional.empty());
  }
}
