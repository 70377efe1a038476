// A release fails requests: found, planned, rolled back and verified in four statements.
// With FLY_APP and FLY_API_TOKEN set to an app in such trouble, and HOTDASH_OPS_OPERATOR to you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/high-error-rate.jsh
// It ends with exit code 0 if the errors are over, else with 1. It takes some minutes: a share of
// errors is measured on a whole minute after the last machine.
var diagnosis = show(ops.highErrorRate().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
var execution = plan == null ? null : show(plan.apply("requests fail after a release"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
