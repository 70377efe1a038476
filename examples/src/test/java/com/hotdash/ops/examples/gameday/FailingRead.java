package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Incident;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request of a triage, or all of a vendor's, and who cannot do without.
 *
 * @param faces the servers that it goes to
 * @param path a regular expression for its path
 * @param needed by incident: how what is missing is called
 * @param besides as {@code needed}, for what is missing besides where it is silent, since others
 *     wait for their turn behind it
 */
record FailingRead(
    List<String> faces, String path, Map<Incident, String> needed, Map<Incident, String> besides) {
  // Nobody needs what comes by a second way, such as releases, or only explains, such as the runs
  // of the watches and the status pages.
  private static final String REQUESTS =
      """
      application   | /health                              | R7 health
      application   | /api/health                          | R7 health
      application   | /api/monitoring/health               | R7 health
      application   | /metrics                             | R1 metrics; R6 metrics
      fly machines  | /v1/apps/[^/]+                       | R1 answer times; R2 requests at the edge; R6 memory and cpu
      fly machines  | /v1/apps/[^/]+/machines              | R1 machines; R2 machines; R3 machines; R6 machines; R7 machines; R8 machines
      fly machines  | /v1/apps/[^/]+/secrets               | R3 secrets; R8 secrets
      fly web       | /api/v1/apps/[^/]+/logs              | R1 logs; R5 logs; R8 logs
      fly web       | /prometheus/[^/]+/api/v1/query       | R1 answer times; R6 memory and cpu
      fly web       | /prometheus/[^/]+/api/v1/query_range | R2 requests at the edge; R6 memory and cpu | R1 answer times
      fly web       | /graphql                             | -
      github        | /repos/[^/]+/[^/]+/actions/runs      | R3 deploys in flight
      github        | /repos/.+/actions/runs/[0-9]+/.+/jobs | R3 run 9
      github        | /repos/.+/deploy-production.yml/runs | R3 latest deploy runs
      github        | /repos/.+/rollback-production.yml/runs | R3 latest deploy runs
      github        | /repos/.+/production-monitoring.yml/runs | -
      github        | /repos/.+/smoke-tests.yml/runs       | -
      shopify       | /admin/api/[^/]+/graphql.json        | R5 shop
      fly incidents | /v1/incidents                        | -
      status page   | /api/v2/summary.json                 | -
      """;
  private static final String VENDORS =
      """
      fly machines, fly web | .* | R1 machines; R2 machines; R3 machines; R5 logs; R6 machines; R7 machines; R8 machines
      github                | .* | R3 latest deploy runs
      shopify               | .* | R5 shop
      application           | .* | R1 metrics; R6 metrics; R7 health
      fly incidents, status page | .* | -
      """;

  static List<FailingRead> requests() {
    return REQUESTS.lines().map(FailingRead::parse).toList();
  }

  static List<FailingRead> vendors() {
    return VENDORS.lines().map(FailingRead::parse).toList();
  }

  private static FailingRead parse(String line) {
    var columns = line.split("\\|", -1);
    return new FailingRead(
        Arrays.stream(columns[0].split(",")).map(String::strip).toList(),
        columns[1].strip(),
        needs(columns[2]),
        needs(columns.length > 3 ? columns[3] : "-"));
  }

  /** Such as {@code R1 logs; R5 logs}. */
  static Map<Incident, String> needs(String text) {
    var all = new EnumMap<Incident, String>(Incident.class);
    Stream.of(text.split(";"))
        .map(String::strip)
        .filter(each -> !each.equals("-"))
        .forEach(
            each -> {
              int blank = each.indexOf(' ');
              all.put(incident(each.substring(0, blank)), each.substring(blank + 1));
            });
    return all;
  }

  private static Incident incident(String id) {
    return Stream.of(Incident.values())
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return String.join(" and ", faces) + " " + path;
  }
}
