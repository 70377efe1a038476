package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.DatabaseConnectionProcedure;
import com.hotdash.ops.procedure.DeploymentFailuresProcedure;
import com.hotdash.ops.procedure.HealthCheckFailuresProcedure;
import com.hotdash.ops.procedure.HighErrorRateProcedure;
import com.hotdash.ops.procedure.MemoryCpuIssuesProcedure;
import com.hotdash.ops.procedure.Procedure;
import com.hotdash.ops.procedure.SecretRotationIssuesProcedure;
import com.hotdash.ops.procedure.ShopApiErrorsProcedure;
import com.hotdash.ops.procedure.SlowResponseTimesProcedure;
import com.hotdash.ops.procedure.Thresholds;
import java.util.Arrays;
import java.util.List;

/** The procedures of all incidents, each with its own of the thresholds. */
record Procedures(Thresholds limits) {
  List<Procedure> all() {
    return Arrays.stream(Incident.values()).map(this::of).toList();
  }

  Procedure of(Incident incident) {
    return switch (incident) {
      case SLOW_RESPONSE_TIMES -> new SlowResponseTimesProcedure(limits.slowResponses());
      case HIGH_ERROR_RATE -> new HighErrorRateProcedure(limits.errorRate());
      case DEPLOYMENT_FAILURES -> new DeploymentFailuresProcedure(limits.deployments());
      case DATABASE_CONNECTION_ISSUES -> new DatabaseConnectionProcedure(limits.database());
      case SHOPIFY_API_ERRORS -> new ShopApiErrorsProcedure(limits.shop());
      case MEMORY_CPU_ISSUES -> new MemoryCpuIssuesProcedure(limits.memoryCpu());
      case HEALTH_CHECK_FAILURES ->
          new HealthCheckFailuresProcedure(limits.healthChecks(), requiredSecrets());
      case SECRET_ROTATION_ISSUES ->
          new SecretRotationIssuesProcedure(limits.secrets(), requiredSecrets());
    };
  }

  /** One list for all that ask whether they are stored. */
  private List<String> requiredSecrets() {
    return limits.deployments().requiredSecrets();
  }
}
