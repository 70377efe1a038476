// Pages are slow: what costs the time, and the plan for the best of what helps.
// With FLY_APP and FLY_API_TOKEN set, and DATABASE_URL for slow statements;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/slow-response-times.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.slowResponseTimes().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("pages are slow"))
// show(execution.verify())
