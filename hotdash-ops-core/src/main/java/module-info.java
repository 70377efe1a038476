/**
 * The runbook, its vocabulary, the engine that applies changes, and the HTTP kit. Names no vendor.
 */
module com.hotdash.ops {
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires io.github.resilience4j.core;
  requires transitive okhttp3;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports com.hotdash.ops.app;
  exports com.hotdash.ops.catalogue;
  exports com.hotdash.ops.database;
  exports com.hotdash.ops.diagnosis;
  exports com.hotdash.ops.error;
  exports com.hotdash.ops.escalation;
  exports com.hotdash.ops.evidence;
  exports com.hotdash.ops.health;
  exports com.hotdash.ops.http;
  exports com.hotdash.ops.logs;
  exports com.hotdash.ops.metrics;
  exports com.hotdash.ops.monitor;
  exports com.hotdash.ops.observation;
  exports com.hotdash.ops.pipeline;
  exports com.hotdash.ops.platform;
  exports com.hotdash.ops.procedure;
  exports com.hotdash.ops.report;
  exports com.hotdash.ops.resolution;
  exports com.hotdash.ops.runbook;
  exports com.hotdash.ops.secret;
  exports com.hotdash.ops.shop;
  exports com.hotdash.ops.statuspage;
  exports com.hotdash.ops.text;
  exports com.hotdash.ops.time;

  uses com.hotdash.ops.runbook.VendorModule;
}
