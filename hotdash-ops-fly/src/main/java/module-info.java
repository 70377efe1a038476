/** Fly.io: machines, releases, logs, metrics and secrets of apps, and guarded changes to them. */
module com.hotdash.ops.fly {
  requires transitive com.hotdash.ops;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports com.hotdash.ops.fly;

  provides com.hotdash.ops.runbook.VendorModule with
      com.hotdash.ops.fly.FlyVendorModule;
}
