package com.hotdash.ops.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.database.IndexSite.Alike;
import com.hotdash.ops.database.IndexSite.Likeness;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaActionsTest {
  private static final String DEFINITION =
      "CREATE INDEX sales_shop_idx ON shop.sales USING btree (shop)";

  private final SchemaWorld world = new SchemaWorld();
  private final CreateIndex create = new CreateIndex(world, CreateIndex.BUILD_WITHIN);
  private final DropIndex drop = new DropIndex(world, CreateIndex.BUILD_WITHIN);
  private final LimitIdleTransactions limit = new LimitIdleTransactions(world);
  private final Engine engine =
      Engine.builder()
          .time(world.database.clock.time())
          .operator("sam")
          .action(create)
          .action(drop)
          .action(limit)
          .build();

  @Test
  void createIndex_freePlace_isBuiltVerifiedAndTakenBack() {
    world.site = site(List.of(), List.of(), 0);

    var plan = createIndex().plan();

    assertThat(plan.objections()).isEmpty();
    assertThat(world.acts).isEmpty();
    var execution = plan.apply("slow");
    assertThat(world.acts).containsExactly("index.create");
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    var undo = execution.undo().apply("no");
    assertThat(world.acts).containsExactly("index.create", "index.drop");
    assertThat(undo.verify().result()).isEqualTo(Result.CURED);
  }

  @Test
  void createIndex_leftoverOfTheSameName_isDroppedFirstAndOneIndexVerified() {
    var leftover = new Alike(Likeness.EQUAL, true, 5, "sales_shop_idx", "shop.x", false, false);
    world.site = site(List.of(leftover), List.of(), 0);
    var plan = createIndex().plan();
    world.targets.put(
        SchemaWorld.key(plan.steps().get(0).target()),
        Map.of("state", "invalid", "oid", "5", "table", "shop.sales"));

    var execution = plan.apply("slow");

    assertThat(world.acts).containsExactly("index.drop", "index.create");
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(plan.steps()).extracting(Step::undo).first().isNull();
  }

  @Test
  void createIndex_answerLost_isSettledByLookingAndNotSentAgain() {
    world.site = site(List.of(), List.of(), 0);
    world.loseAnswer = true;

    var execution = createIndex().plan().apply("slow");

    assertThat(execution.results().get(0).done()).isTrue();
    assertThat(world.acts).containsExactly("index.create");
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, true, true, false, equal-index, true",
    "EQUAL, false, true, false, equal-index, true",
    "COVERS, false, true, false, covered, false",
    "COVERS, true, true, false, name-taken, true",
    "OTHER, true, true, false, name-taken, true",
    "OTHER, true, false, false, name-taken, true",
    "EQUAL, true, false, true, being-built, true",
    "COVERS, false, false, false, '', false",
  })
  void createIndex_whatIsThere_standsAgainstIt(
      Likeness likeness,
      boolean sameName,
      boolean valid,
      boolean building,
      String objection,
      boolean hard) {
    var there = new Alike(likeness, sameName, 5, "old", "shop.old", valid, building);
    world.site = site(List.of(there), List.of(), 0);

    var against = createIndex().plan().objections();

    assertThat(against.stream().map(Objection::name).filter(name -> !name.equals("nothing-to-do")))
        .containsExactlyElementsOf(objection.isEmpty() ? List.of() : List.of(objection));
    assertThat(against.stream().anyMatch(Objection::hard)).isEqualTo(hard);
  }

  @Test
  void createIndex_oldTransactions_areShownAndCanBeOverridden() {
    var old = new HoldUp("pid 11 app (web)", "idle in transaction", Duration.ofMinutes(20));
    world.site = site(List.of(), List.of(old, old, old, old), 2);

    var plan = createIndex().plan();

    assertThat(plan.objections()).hasSize(1);
    assertThat(plan.objections().get(0).reason())
        .contains("pid 11 app (web), idle in transaction, open for 1200 s", "and 1 more");
    assertThat(plan.proposal().notPromised())
        .anyMatch(line -> line.startsWith("2 sessions do not"));
    assertThatThrownBy(() -> plan.apply("why")).isInstanceOf(RefusedException.class);
    assertThat(plan.despite("old-transactions", "they end").apply("why").done()).isOne();
  }

  @Test
  void createIndex_statementGiven_isCuredOnlyIfItsPlanUsesIt() {
    world.site = site(List.of(), List.of(), 0);
    world.plan = new StatementPlan(400, List.of(), List.of("sales"));
    var wanted = NewIndex.on("sales", "shop").forStatement("select 1");
    var plan = engine.resolution(CreateIndex.ID, until -> create.propose(wanted, until)).plan();
    assertThat(plan.proposal().notPromised())
        .contains("Plan now: cost 400, no index, reads all of sales");
    var execution = plan.apply("slow");

    assertThat(execution.verify().result()).isEqualTo(Result.NOT_CURED);
    world.plan = new StatementPlan(9, List.of("sales_shop_idx"), List.of());
    var verification = execution.verify();
    assertThat(verification.result()).isEqualTo(Result.CURED);
    assertThat(verification.detail())
        .contains("cost 9, by sales_shop_idx", "before: cost 400, no index, reads all of sales");
    world.plan = null;
    assertThat(execution.verify().result()).isEqualTo(Result.INCONCLUSIVE);
  }

  @Test
  void createIndex_schemaSilentOrAddressesLeadApart_isNotPlannedOrRefused() {
    assertThatThrownBy(() -> createIndex().plan())
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("silent");
    world.site = site(List.of(), List.of(), 0);
    world.database.probes.clear();
    world.database.probes.add(SickDatabase.reaching("DATABASE_URL", false, "a"));
    world.database.probes.add(SickDatabase.reaching("DIRECT_URL", false, "b"));

    assertThat(createIndex().plan().objections())
        .extracting(Objection::name)
        .containsExactly("two-databases");
  }

  @Test
  void createIndex_databaseKnowsSessionsOnly_saysSo() {
    var blind = new CreateIndex(world.database, CreateIndex.BUILD_WITHIN);

    assertThat(
            blind
                .propose(
                    NewIndex.on("a", "b"),
                    world.database.clock.time().deadline(Duration.ofSeconds(1)))
                .obstacle())
        .hasValueSatisfying(why -> assertThat(why.detail()).contains("sessions only"));
  }

  @Test
  void dropIndex_validOne_isDroppedAndBuiltAgain() {
    world.facts = facts(true, 0, List.of());
    var plan = engine.resolution(DropIndex.ID, until -> drop.propose("i", until)).plan();
    world.targets.put(
        SchemaWorld.key(plan.steps().get(0).target()),
        Map.of("state", "valid", "oid", "5", "table", "shop.sales", "definition", DEFINITION));

    var execution = plan.apply("unused");

    assertThat(plan.objections()).isEmpty();
    assertThat(execution.results().get(0).outcome()).extracting("status").isEqualTo(Status.DONE);
    execution.undo().apply("it was used");
    assertThat(world.acts).containsExactly("index.drop", "index.create");
  }

  @Test
  void dropIndex_usedOrNeeded_isObjectedTo() {
    world.facts = facts(true, 12, List.of("lines_sale_fkey"));

    var against =
        engine.resolution(DropIndex.ID, until -> drop.propose("i", until)).plan().objections();

    assertThat(against).extracting(Objection::name).containsExactly("foreign-key", "used");
    assertThat(against).extracting(Objection::hard).containsExactly(true, false);
  }

  @Test
  void dropIndex_invalidOne_comesBackByNothing() {
    world.facts = facts(false, 12, List.of("lines_sale_fkey"));

    var plan = engine.resolution(DropIndex.ID, until -> drop.propose("i", until)).plan();

    assertThat(plan.objections()).isEmpty();
    assertThat(plan.steps().get(0).undo()).isNull();
  }

  @Test
  void limitIdleTransactions_setBefore_isTakenBackToThat() {
    world.limit = new RoleLimit(9, "app", "5min", "1h", 4, List.of());
    var plan =
        engine
            .resolution(
                LimitIdleTransactions.ID,
                until -> limit.propose("app", Duration.ofSeconds(60), until))
            .plan();
    var target = plan.steps().get(0).target();
    world.targets.put(
        SchemaWorld.key(target),
        Map.of("role", "app", "idle_in_transaction_session_timeout", "5min"));

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("outweighed");
    assertThat(plan.steps().get(0).after()).containsValue("60000ms");
    var undo = plan.despite("outweighed", "not here").apply("leaks").undo();
    assertThat(undo.steps().get(0).after()).containsValue("5min");
    assertThat(plan.proposal().notPromised()).anyMatch(line -> line.startsWith("The 4 sessions"));
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "PT10M, 1"})
  void apply_firstStepTakesLong_leavesTimeForTheSecondUnlessLimited(String configured, int begun) {
    var limited = Engine.builder().time(world.database.clock.time()).operator("sam").action(create);
    if (!configured.isEmpty()) {
      limited.applyWithin(Duration.parse(configured));
    }
    var leftover = new Alike(Likeness.EQUAL, true, 5, "sales_shop_idx", "shop.x", false, false);
    world.site = site(List.of(leftover), List.of(), 0);
    var plan =
        limited
            .build()
            .resolution(
                CreateIndex.ID, until -> create.propose(NewIndex.on("sales", "shop"), until))
            .plan();
    world.targets.put(
        SchemaWorld.key(plan.steps().get(0).target()),
        Map.of("state", "invalid", "oid", "5", "table", "shop.sales"));
    world.stepTakes = Duration.ofMinutes(50);

    plan.apply("why");

    assertThat(world.acts).hasSize(begun);
  }

  private Resolution createIndex() {
    return engine.resolution(
        CreateIndex.ID, until -> create.propose(NewIndex.on("sales", "shop"), until));
  }

  private static IndexSite site(List<Alike> alike, List<HoldUp> holdUps, int hidden) {
    return new IndexSite(
        new IndexSite.Table(16_403, "shop", "shop.sales", 1_000L, 3 << 20, 1L << 20),
        List.of(),
        List.of(),
        List.of(),
        "sales_shop_idx",
        DEFINITION,
        alike,
        holdUps,
        hidden,
        List.of());
  }

  private static IndexFacts facts(boolean valid, long scans, List<String> foreignKeys) {
    return new IndexFacts(
        new IndexFacts.Found(
            5,
            "shop",
            "i",
            "shop.i",
            16_403,
            "shop.sales",
            valid,
            false,
            false,
            true,
            DEFINITION,
            1 << 20,
            scans,
            null,
            null),
        List.of(),
        foreignKeys,
        List.of(),
        0,
        List.of());
  }
}
