package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Priority;
import com.hotdash.ops.procedure.ErrorRateThresholds;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus' own tool would find, as far as it can be told without it. */
class AlertRulesTest {
  private static final Pattern DURATION = Pattern.compile("[0-9]+(s|m|h)");
  private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]*(?=\\{|\\[|\\)| |$)");
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  /** What the application, its library, PostgreSQL's usual exporter and our monitor print. */
  private static final List<String> KNOWN =
      List.of(
          "http_requests_total",
          "http_request_duration_seconds_bucket",
          "http_request_duration_seconds_count",
          "process_resident_memory_bytes",
          "process_start_time_seconds",
          "nodejs_eventloop_lag_p99_seconds",
          "pg_stat_activity_count",
          "pg_settings_max_connections",
          "hotdash_ops_monitor_tick_age_seconds",
          "hotdash_ops_monitor_leads",
          "hotdash_ops_incident_unknown");

  private static List<JsonNode> rules(String text) throws Exception {
    var mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    var rules = new ArrayList<JsonNode>();
    var file = mapper.readTree(text);
    assertThat(file.fieldNames()).toIterable().containsExactly("groups");
    for (var group : file.get("groups")) {
      assertThat(group.fieldNames()).toIterable().containsExactly("name", "interval", "rules");
      assertThat(group.get("interval").asText()).matches(DURATION);
      group.get("rules").forEach(rules::add);
    }
    return rules;
  }

  private static JsonNode rule(String alert) throws Exception {
    return rules(AlertRules.prometheus()).stream()
        .filter(rule -> rule.get("alert").asText().equals(alert))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void prometheus_everyRule_hasAllThatAPersonNeeds() throws Exception {
    var rules = rules(AlertRules.prometheus());

    assertThat(rules).hasSizeGreaterThanOrEqualTo(12);
    assertThat(rules).extracting(rule -> rule.get("alert").asText()).doesNotHaveDuplicates();
    var incidents = Arrays.stream(Incident.values()).map(Incident::id).toList();
    var priorities = Arrays.stream(Priority.values()).map(Priority::name).toList();
    for (var rule : rules) {
      assertThat(rule.fieldNames())
          .toIterable()
          .containsExactly("alert", "expr", "for", "keep_firing_for", "labels", "annotations");
      assertThat(rule.get("alert").asText()).matches("HotDash[A-Za-z]+");
      assertThat(rule.get("for").asText()).matches(DURATION);
      assertThat(rule.get("keep_firing_for").asText()).matches(DURATION);
      var labels = rule.get("labels");
      assertThat(labels.get("priority").asText()).isIn(priorities);
      assertThat(labels.get("incident").asText()).isIn(incidents);
      assertThat(labels.get("severity").asText()).isIn("critical", "warning");
      var annotations = rule.get("annotations");
      assertThat(annotations.get("summary").asText()).isNotBlank().doesNotContain("{{");
      assertThat(annotations.get("description").asText()).isNotBlank();
      var runbook = URI.create(annotations.get("runbook_url").asText());
      assertThat(runbook.getScheme()).isEqualTo("https");
      assertThat(runbook.getFragment()).matches("[a-z-]+");
    }
  }

  @Test
  void prometheus_everyExpression_isWellFormedAndOfKnownMetrics() throws Exception {
    for (var rule : rules(AlertRules.prometheus())) {
      var expression = rule.get("expr").asText();
      var bare = STRING.matcher(expression).replaceAll("''");
      assertThat(bare).as(expression).doesNotContain("\"");
      assertThat(balanced(bare)).as(expression).isTrue();
      assertThat(bare).as(expression).matches(".*(>|<|==|absent\\().*");
      var metrics = new TreeSet<String>();
      METRIC
          .matcher(bare.replaceAll("\\{[^}]*}", "").replaceAll("[a-z_]+(?=\\()", ""))
          .results()
          .map(result -> result.group())
          .filter(word -> word.contains("_"))
          .forEach(metrics::add);
      assertThat(metrics).as(expression).isNotEmpty().allMatch(KNOWN::contains);
    }
  }

  private static boolean balanced(String text) {
    var open = new ArrayDeque<Character>();
    var pairs = Map.of(')', '(', ']', '[', '}', '{');
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (pairs.containsValue(c)) {
        open.push(c);
      } else if (pairs.containsKey(c) && (open.isEmpty() || !open.pop().equals(pairs.get(c)))) {
        return false;
      }
    }
    return open.isEmpty();
  }

  @Test
  void prometheus_thresholds_areThoseOfTheDiagnoses() throws Exception {
    var share = Double.toString(ErrorRateThresholds.DEFAULT.share());

    assertThat(rule("HotDashHighErrorRate").get("expr").asText())
        .contains("[5m]", "[1h]", "> " + share + " and");
    // 3 s is a bound of HotDash's buckets, so the p95 is judged by counts and not by a quantile.
    assertThat(rule("HotDashSlowResponses").get("expr").asText())
        .contains("le=~\"3|3.0\"", "< 0.95")
        .doesNotContain("histogram_quantile");
    assertThat(rule("HotDashMemoryHigh").get("expr").asText()).endsWith("/ 2147483648 > 0.8");
    assertThat(rule("HotDashMemoryCritical").get("expr").asText()).endsWith("> 0.9");
    assertThat(rule("HotDashEventLoopBlocked").get("expr").asText()).endsWith("> 0.5");
    assertThat(rule("HotDashDatabaseConnectionsHigh").get("expr").asText()).endsWith("> 0.7");
    assertThat(rule("HotDashDatabaseConnectionsCritical").get("expr").asText()).endsWith("> 0.85");
  }

  @Test
  void prometheus_probes_areNoTrafficOfUsers() throws Exception {
    var users =
        Pattern.compile("route!~\"([^\"]+)\"").matcher(rule("HotDashOutage").get("expr").asText());
    assertThat(users.find()).isTrue();
    // Prometheus anchors its patterns at both ends.
    var probes = Pattern.compile(users.group(1));

    assertThat(List.of("/health", "/api/health/database", "/metrics", "/api/monitoring/health"))
        .allMatch(probes.asMatchPredicate());
    assertThat(List.of("/app/orders", "/healthy-food", "/api/metrics-export"))
        .noneMatch(probes.asMatchPredicate());
  }

  @Test
  void prometheus_otherRunbookAndMachines_areInEveryRule() throws Exception {
    var own = URI.create("https://wiki.example.com/runbook");

    var rules = rules(AlertRules.prometheus(own, 1_073_741_824L));

    assertThat(rules)
        .extracting(rule -> rule.get("annotations").get("runbook_url").asText())
        .allMatch(url -> url.startsWith("https://wiki.example.com/runbook#"));
    assertThat(AlertRules.prometheus(own, 1_073_741_824L))
        .contains("1073741824")
        .doesNotContain("2147483648");
    assertThatThrownBy(() -> AlertRules.prometheus(URI.create("runbook"), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AlertRules.prometheus(own, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
