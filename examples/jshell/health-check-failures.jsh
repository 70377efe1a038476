// Health checks fail: which machine and why, and what is planned.
// With FLY_APP, FLY_API_TOKEN and HOTDASH_OPS_APP_URL set;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/health-check-failures.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.healthCheckFailures().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("a machine fails its checks"))
// show(execution.verify())
