/** Shopify's Admin API behind a guard that keeps its budget. */
module com.hotdash.ops.shopify {
  requires com.fasterxml.jackson.databind;
  requires com.graphqljava;
  requires io.github.resilience4j.circuitbreaker;
  requires transitive com.hotdash.ops;
  requires static transitive org.jspecify;

  exports com.hotdash.ops.shopify;

  provides com.hotdash.ops.runbook.VendorModule with
      com.hotdash.ops.shopify.ShopifyVendorModule;
}
