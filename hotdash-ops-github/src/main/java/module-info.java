/** GitHub: workflow runs and why they failed, guarded changes to them, and issues as alerts. */
module com.hotdash.ops.github {
  requires transitive com.hotdash.ops;
  requires static transitive org.jspecify;

  exports com.hotdash.ops.github;

  provides com.hotdash.ops.runbook.VendorModule with
      com.hotdash.ops.github.GitHubVendorModule;
}
