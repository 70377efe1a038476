// The shop's API refuses or is silent: found, and what can be done is planned.
// With SHOPIFY_SHOP and SHOPIFY_ADMIN_TOKEN set, and HOTDASH_OPS_APP_URL for the application's side;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/shopify-api-errors.jsh
// Where a person must act, it says what.
var diagnosis = show(ops.shopifyApiErrors().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
// Nothing was changed. Read the plan; to apply it, type the next two lines:
// var execution = show(plan.apply("orders do not arrive"))
// show(execution.verify())
