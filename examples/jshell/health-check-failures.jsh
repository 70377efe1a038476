// Health checks fail: which machine and why, planned, and cured.
// With FLY_APP, FLY_API_TOKEN and HOTDASH_OPS_APP_URL set;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/health-check-failures.jsh
// Where a person must act, it says what, and changes nothing; HOTDASH_OPS_READ_ONLY=true stops it
// after the plan. It ends with exit code 0 if the incident is cured, else with 1.
var diagnosis = show(ops.healthCheckFailures().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
var execution = plan == null ? null : show(plan.apply("a machine fails its checks"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
