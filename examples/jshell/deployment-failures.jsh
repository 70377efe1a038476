// A release does not get out, or not up: found, and planned.
// With FLY_APP, FLY_API_TOKEN, GITHUB_REPOSITORY and GITHUB_TOKEN set;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/deployment-failures.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.deploymentFailures().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("the deploy is stuck"))
// show(execution.verify())
