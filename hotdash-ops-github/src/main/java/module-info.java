/** GitHub: workflow runs and why they failed, guarded changes to them, and issues as alerts. */
module com.hotdash.ops.github {
  requires transitive com.hotdash.ops;
  requires static transitive org.jspecify;
}
