package com.hotdash.ops.health;

/** In which form an endpoint answered. */
public enum HealthShape {
  /** Any text that is no JSON, or nothing at all. */
  PLAIN,
  /** One word or one truth value. */
  SIMPLE,
  /** Spring Boot Actuator: {@code components}, or in older versions {@code details}. */
  ACTUATOR,
  /** Health check response format, draft 06: checks by name, each a list. */
  HEALTH_JSON,
  /** The application's {@code /health}: checks by name, each an object. */
  CHECKS,
  /** The application's {@code /api/monitoring/health}: one word, and metrics. */
  MONITORING,
  /** The application's check manager: a list of checks. */
  CHECK_LIST,
  /** The application's {@code /api/health}: one word, and the database's. */
  DATABASE,
  /** A web page: of a login, of a proxy, of an error. */
  HTML,
  /** JSON that says nothing about health, or cannot be read. */
  OTHER
}
