// The shop's API refuses or is silent: found, and webhooks that are missing come back.
// With SHOPIFY_SHOP and SHOPIFY_ADMIN_TOKEN set, and HOTDASH_OPS_APP_URL for the application's side;
// HOTDASH_OPS_OPERATOR is you:
//   jshell --class-path examples/target/hotdash-ops.jar --startup DEFAULT \
//     --startup examples/jshell/ops.jsh examples/jshell/shopify-api-errors.jsh
// Where a person must act, it says what, and changes nothing; HOTDASH_OPS_READ_ONLY=true stops it
// after the plan. It ends with exit code 0 if the incident is cured, else with 1.
var diagnosis = show(ops.shopifyApiErrors().diagnose())
var plan = diagnosis.verdict() == Verdict.PROBLEM ? show(ops.plan(diagnosis)) : null
var execution = plan == null ? null : show(plan.apply("orders do not arrive"))
var verification = execution == null ? null : show(execution.verify())
/exit verification != null && verification.result() == Verification.Result.CURED ? 0 : 1
