package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.pipeline.WorkflowStart;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From what is recommended, as data, to the change of the facade. */
class RecommendedTest {
  static Stream<Arguments> remedies() {
    return Stream.of(
        row(
            Remedy.pipeline("rerunFailedJobs", 9001234567L),
            "pipeline().rerunFailedJobs(9001234567L)",
            "pipeline.rerun-failed-jobs"),
        row(Remedy.pipeline("cancelRun", 7L), "pipeline().cancelRun(7L)", "pipeline.cancel-run"),
        row(
            Remedy.pipeline("disableWorkflow", "deploy.yml"),
            "pipeline().disableWorkflow(\"deploy.yml\")",
            "pipeline.disable-workflow"),
        row(
            Remedy.pipeline("enableWorkflow", "deploy.yml"),
            "pipeline().enableWorkflow(\"deploy.yml\")",
            "pipeline.enable-workflow"),
        row(
            Remedy.pipeline(
                "startWorkflow", WorkflowStart.of("roll.yml", "main").with("reason", "a \"b\"")),
            "pipeline().startWorkflow(WorkflowStart.of(\"roll.yml\", \"main\")"
                + ".with(\"reason\", \"a \\\"b\\\"\"))",
            "pipeline.start-workflow"),
        row(
            Remedy.database("createIndex", "public.orders", "shop, id", "at"),
            "database().createIndex(\"public.orders\", \"shop, id\", \"at\")",
            "database.create-index"),
        row(
            Remedy.database("dropIndex", "orders_at_idx"),
            "database().dropIndex(\"orders_at_idx\")",
            "database.drop-index"),
        row(
            Remedy.database("limitIdleTransactions", "web", Duration.ofMinutes(5)),
            "database().limitIdleTransactions(\"web\", Duration.ofSeconds(300))",
            "database.limit-idle-transactions"),
        row(Remedy.database("resizePool", 8), "database().resizePool(8)", "database.resize-pool"),
        row(
            Remedy.of(Incident.HIGH_ERROR_RATE, "rollBack"),
            "highErrorRate().rollBack()",
            "platform.roll-back"),
        row(
            Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, "endIdle", "web"),
            "databaseConnectionIssues().endIdle(\"web\")",
            "database.end-sessions"),
        row(
            Remedy.of(Incident.SHOPIFY_API_ERRORS, "restoreSubscriptions"),
            "shopifyApiErrors().restoreSubscriptions()",
            "shop.restore-subscriptions"));
  }

  private static Arguments row(Remedy remedy, String line, String action) {
    return Arguments.of(remedy, line, action);
  }

  @ParameterizedTest
  @MethodSource("remedies")
  void resolution_nothingConfigured_namesTheChangeThatItsLineMakes(
      Remedy remedy, String line, String action) {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThat(remedy.line()).isEqualTo("ops." + line + ".plan()");
      assertThatThrownBy(() -> ops.resolution(remedy))
          .isInstanceOfSatisfying(
              ConfigurationException.class,
              e -> assertThat(e.operation().name()).isEqualTo(action));
    }
  }

  @Test
  void resolution_ofAnotherOwnerNumberOrType_isRefused() {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThat(
              Stream.of(
                  Remedy.platform("createIndex", "t", "c"),
                  Remedy.pipeline("cancelRun"),
                  Remedy.pipeline("cancelRun", 7),
                  Remedy.pipeline("cancelRun", "7"),
                  Remedy.database("createIndex"),
                  Remedy.database("createIndex", "t", 1),
                  Remedy.database("limitIdleTransactions", "web", "PT5M"),
                  Remedy.platform("scaleMemory", "4096")))
          .allSatisfy(
              remedy ->
                  assertThatThrownBy(() -> ops.resolution(remedy))
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining(remedy.line()));
    }
  }

  @Test
  void remedy_ofWhatNobodyCanType_isRefused() {
    assertThatThrownBy(() -> Remedy.platform("restart", new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
