// A release fails requests: found, and the roll back planned, in two statements.
// With FLY_APP and FLY_API_TOKEN set to an app in such trouble, and HOTDASH_OPS_OPERATOR to you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/high-error-rate.jsh
var diagnosis = show(ops.highErrorRate().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("requests fail after a release"))
// show(execution.verify())
