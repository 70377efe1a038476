package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.ChangeScene.text;
import static com.hotdash.ops.postgres.CreateIndexIT.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change once on every major that is asked for: catalogues and progress views differ. */
class ChangesEveryMajorIT {
  static IntStream majors() {
    return Arrays.stream(System.getProperty("pg.majors", "15").split(","))
        .mapToInt(Integer::parseInt);
  }

  @ParameterizedTest
  @MethodSource("majors")
  void eachChange_isMadeVerifiedAndTakenBack(int major) throws Exception {
    try (var scene = new ChangeScene(major)) {
      scene.table("sales", 20_000);
      var database = scene.runbook().database();
      var wanted =
          NewIndex.on("sales", "shop_id").forStatement("select * from shop.sales where shop_id=$1");

      var created = database.createIndex(wanted).plan().apply("why");
      assertThat(statuses(created)).as(created.toString()).containsExactly(Status.DONE);
      assertThat(created.verify().result()).isEqualTo(Result.CURED);

      var dropped = database.dropIndex("sales_shop_id_idx").plan().apply("why");
      assertThat(statuses(dropped)).as(dropped.toString()).containsExactly(Status.DONE);
      assertThat(statuses(dropped.undo().apply("why"))).containsExactly(Status.DONE);
      assertThat(scene.indexes("i.indisvalid and c.relname = 'sales_shop_id_idx'")).isOne();

      var limited =
          database.limitIdleTransactions("hotdash_app", Duration.ofMinutes(2)).plan().apply("why");
      assertThat(statuses(limited)).as(limited.toString()).containsExactly(Status.DONE);
      assertThat(statuses(limited.undo().apply("why"))).containsExactly(Status.DONE);

      brokenBuild(scene);
    }
  }

  private static void brokenBuild(ChangeScene scene) throws Exception {
    scene.snapshot();
    var plan =
        scene
            .runbook(scene.hotdash().app().url(), Duration.ofSeconds(20))
            .database()
            .createIndex("sales", "status")
            .plan();
    var building = CompletableFuture.supplyAsync(() -> plan.apply("why"));
    scene.awaitWaitingBuild();
    scene.sql("select pg_terminate_backend(pid) from pg_stat_progress_create_index");

    var execution = building.get();

    assertThat(statuses(execution)).as(execution.toString()).containsExactly(Status.FAILED);
    assertThat(text(execution)).contains("the invalid index that it left was dropped");
    assertThat(scene.indexes("not i.indisvalid")).isZero();
  }
}
