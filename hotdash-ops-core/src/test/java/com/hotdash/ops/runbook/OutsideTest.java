package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.Instances;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.procedure.VendorTrouble;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideTest {
  private static final String DOWN =
      """
      {"page":{"id":"p"},"status":{"indicator":"major","description":"Partial Outage"},
       "components":[{"id":"c","name":"Connection Pooler","status":"partial_outage"}],
       "incidents":[],"scheduled_maintenances":[]}""";

  @StartStop private final MockWebServer server = new MockWebServer();
  @TempDir Path directory;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void configure() {
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("j.jsonl").toString());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return switch (request.getTarget()) {
              case "/health" -> new MockResponse.Builder().body("OK").build();
              case "/metrics" ->
                  new MockResponse.Builder()
                      .addHeader("Content-Type", "text/plain; version=0.0.4")
                      .body("some_errors_total 3\n")
                      .build();
              case "/api/v2/summary.json" ->
                  new MockResponse.Builder()
                      .addHeader("Content-Type", "application/json")
                      .body(DOWN)
                      .build();
              default -> new MockResponse.Builder().code(404).build();
            };
          }
        });
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  private RunbookBuilder builder() {
    return RunbookProcedures.builder().environment(Environment.of(variables));
  }

  @Test
  void app_configured_isAskedMachineByMachineAndStandsInTheEstate() {
    variables.put("HOTDASH_OPS_APP_URL", url());
    var machines = List.of(new Instance("m1", Map.of("x-pin", "m1"), null, null));

    try (var ops = builder().instances(Instances.of(machines)).build()) {
      assertThat(ops.app().health().status()).isEqualTo(HealthStatus.PASS);
      assertThat(ops.app().metrics().matching("error").toString()).contains("on m1", "3");
      assertThat(ops.estate().parts()).extracting(Estate.Part::kind).containsExactly("application");
      assertThat(ops.as("sam").app()).isSameAs(ops.app());
    }
  }

  @Test
  void app_notConfigured_namesTheVariable() {
    try (var ops = builder().build()) {
      var app = catchThrowableOfType(ConfigurationException.class, ops::app);
      var pages = catchThrowableOfType(ConfigurationException.class, ops::statusPages);

      assertThat(app.nextStep()).contains("set HOTDASH_OPS_APP_URL to https://host");
      assertThat(pages.nextStep().orElseThrow()).contains("set HOTDASH_OPS_STATUSPAGE_URLS to ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example.com",
        "ftp://app.example.com",
        "https://",
        "https://sam:Kanarienvogel-4711@app.example.com",
        "https://app.example.com/?token=Kanarienvogel-4711",
        "https://app.example.com:99999",
        "https://app.example.com:0",
        "https://a b",
      })
  void app_addressUnusable_isRefusedOnlyWhenAskedFor(String address) {
    variables.put("HOTDASH_OPS_APP_URL", address);
    variables.put("HOTDASH_OPS_STATUSPAGE_URLS", "bad=" + address + ", good=" + url());
    var sick = new SickDatabase();

    try (var ops = builder().database(sick).build()) {
      var refused = catchThrowableOfType(ConfigurationException.class, ops::app);
      var diagnosis = ops.databaseConnectionIssues().diagnose();

      assertThat(refused).hasMessageContaining("HOTDASH_OPS_APP_URL is not a usable address");
      assertThat(refused.getMessage()).doesNotContain("Kanarienvogel");
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
      assertThat(diagnosis.finding(VendorTrouble.class)).isPresent();
      assertThat(diagnosis.notChecked())
          .filteredOn(gap -> gap.what().equals("status page of bad"))
          .singleElement()
          .hasToString(
              "status page of bad: not understood, entry 1 of HOTDASH_OPS_STATUSPAGE_URLS has no"
                  + " usable address (set HOTDASH_OPS_STATUSPAGE_URLS to"
                  + " name=https://address,name=https://address)");
    }
  }

  @Test
  void statusPages_oddEntries_areToldOneByOneAndTheOthersRead() {
    variables.put(
        "HOTDASH_OPS_STATUSPAGE_URLS",
        "," + "vendor=" + url() + ",https://status.invalid,=" + url() + ",VENDOR=" + url() + ",");

    try (var ops = builder().build()) {
      var read = ops.statusPages().read(Time.SYSTEM.deadline(Duration.ofSeconds(10)));

      assertThat(ops.statusPages().names()).containsExactly("vendor");
      assertThat(read)
          .hasEntrySatisfying("vendor", page -> assertThat(page.toOptional()).isPresent());
      assertThat(read.values())
          .flatExtracting(one -> one.obstacle().map(NotChecked::what).stream().toList())
          .containsExactly(
              "status page of entry 3 of HOTDASH_OPS_STATUSPAGE_URLS",
              "status page of entry 4 of HOTDASH_OPS_STATUSPAGE_URLS",
              "status page of entry 5 of HOTDASH_OPS_STATUSPAGE_URLS");
    }
  }

  @Test
  void statusPages_manyEntries_areBounded() {
    variables.put(
        "HOTDASH_OPS_STATUSPAGE_URLS",
        java.util.stream.IntStream.range(0, 500)
            .mapToObj(i -> "v" + i + "=" + url())
            .collect(java.util.stream.Collectors.joining(",")));

    try (var ops = builder().build()) {
      assertThat(ops.statusPages().names()).hasSize(20);
    }
  }

  @Test
  void statusPage_ofAModule_yieldsToWhatAPersonConfigured() {
    variables.put("HOTDASH_OPS_STATUSPAGE_URLS", "vendor=" + url());

    try (var ops = builder().statusPage("Vendor", "https://status.invalid").build()) {
      assertThat(ops.statusPages().names()).containsExactly("vendor");
      assertThat(ops.estate().parts())
          .extracting(Estate.Part::identity)
          .containsExactly("vendor (" + url().replace("http://", "") + ")");
    }
  }

  @Test
  void build_portsHandedIn_winAndStayTheCallers() {
    variables.put("HOTDASH_OPS_APP_URL", "http://status.invalid");
    variables.put("HOTDASH_OPS_STATUSPAGE_URLS", "vendor=http://status.invalid");
    try (var app = com.hotdash.ops.app.AppClient.builder().baseUrl(url()).build();
        var pages = StatusPages.builder().page("mine", url()).build()) {
      try (var ops = builder().app(app).statusPages(pages).build()) {
        assertThat(ops.app()).isSameAs(app);
        assertThat(ops.statusPages()).isSameAs(pages);
      }
      assertThat(app.metrics().scrapes()).hasSize(1);
    }
  }
}
