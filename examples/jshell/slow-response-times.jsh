// Pages are slow: what costs the time, and the plan for the best of what helps.
// With FLY_APP and FLY_API_TOKEN set, and DATABASE_URL for slow statements;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/slow-response-times.jsh
// Where a person must act, it says what, and changes nothing; HOTDASH_OPS_READ_ONLY=true stops it
// after the plan. It ends with exit code 0 if the incident is cured, else with 1.
var diagnosis = show(ops.slowResponseTimes().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
var execution = plan == null ? null : show(plan.apply("pages are slow"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
