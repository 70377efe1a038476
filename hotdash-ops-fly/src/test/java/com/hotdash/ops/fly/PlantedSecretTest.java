package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fly and the application quote whatever credential they can: nothing that a person, a file or an
 * exception is told from diagnosis to verification holds it.
 */
class PlantedSecretTest {
  private static final String PASSWORD = "Kanarienvogel-4711";
  private static final String ENV = "Zeisig-0815-Umgebung";
  private static final Pattern NONCE = Pattern.compile("\"nonce\":\"([^\"]+)\"");

  private final FlyEstate world =
      new FlyEstate().badRelease(Behaviour.healthy().failing(FlyEstate.ROUTE, 0.4), minutes(5));
  private final Secret deploy = world.estate.fly().token(Kind.DEPLOY, FlyEstate.APP).secret();
  private final Secret read = world.estate.fly().token(Kind.READ_ONLY, FlyEstate.APP).secret();
  private final MemoryJournal journal = new MemoryJournal();
  private final StringBuilder told = new StringBuilder();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Set<String> nonces = ConcurrentHashMap.newKeySet();
  private final AtomicInteger noncesQuoted = new AtomicInteger();

  @AfterEach
  void stopListening() {
    RecordingLogs.listen(null);
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }

  /** Which call is answered by a refusal that quotes the credentials; none for the good way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "/prometheus/.*",
        ".*/machines",
        ".*/lease",
        ".*/machines/.*",
        "each nonce"
      })
  void rollBack_credentialsQuotedEverywhere_areToldNowhere(String path) {
    world
        .estate
        .flyApp()
        .log(
            new FlyLogLine(
                world.time.now(),
                world.estate.flyApp().machines().get(0).id(),
                "ord",
                "app",
                "info",
                "{\"level\":\"error\",\"message\":\"" + quoted() + "\"}"));
    RecordingLogs.listen(logged::add);
    inEnvironment();
    noncesQuoted.set(path.equals("each nonce") ? 2 : 0);
    var transport = new OkHttpClient.Builder().addInterceptor(this::watch).build();
    try (var client =
            world
                .builder()
                .transport(transport)
                .token(deploy)
                .readToken(read)
                .operator("alice")
                .build();
        var runbook =
            world.runbook(client.app(FlyEstate.APP).platform()).journal(journal).build()) {
      tell(runbook.checkAccess());
      plant(FlyHost.WEB, path, 40);
      if (path.endsWith("/machines")) {
        plant(FlyHost.MACHINES, path, 4);
      }
      var diagnosis = runbook.highErrorRate().diagnose();
      tell(diagnosis);
      tell(Report.of(diagnosis), runbook);
      tell(client.app(FlyEstate.APP).status());
      tell(machines(client));
      world.estate.fly().site(FlyHost.MACHINES).clearFaults();
      cure(runbook, path);
    } finally {
      world.close();
    }

    journal.entries().stream().map(JournalEntry::toString).forEach(told::append);
    assertThat(told).hasSizeGreaterThan(1_000);
    assertThat(logged.toString()).contains("http call done", "machine.list");
    if (!path.contains(".*")) {
      assertThat(nonces).as("nonces that were given out").isNotEmpty();
      assertThat(noncesQuoted.get()).as("nonces still to be quoted").isNotPositive();
    }
    logged.forEach(this::tell);
    assertThat(told.toString().toLowerCase(Locale.ROOT)).doesNotContain(planted());
  }

  /** A machine whose environment holds what belongs to nobody else. */
  private void inEnvironment() {
    var config = world.estate.flyApp().machines().get(0).configJson();
    var planted = config.replaceFirst("\"env\":\\{", "\"env\":{\"LICENCE\":\"" + ENV + "\",");
    assertThat(planted).contains(ENV);
    world.estate.flyApp().machine("ord", planted);
  }

  /** Learns the nonces that Fly gives out, and quotes some of them to whoever shows them. */
  private Response watch(Interceptor.Chain chain) throws IOException {
    var shown = chain.request().header(AppCalls.NONCE);
    if (shown != null && noncesQuoted.getAndDecrement() > 0) {
      return new Response.Builder()
          .request(chain.request())
          .protocol(Protocol.HTTP_1_1)
          .code(403)
          .message("Forbidden")
          .body(
              ResponseBody.create("nonce " + shown + " is not wanted", MediaType.get("text/plain")))
          .build();
    }
    var answer = chain.proceed(chain.request());
    if (chain.request().url().encodedPath().endsWith("/lease")) {
      var found = NONCE.matcher(answer.peekBody(10_000).string());
      while (found.find()) {
        nonces.add(found.group(1));
      }
    }
    return answer;
  }

  private static String machines(FlyClient client) {
    try {
      var machines = client.app(FlyEstate.APP).machines();
      var all = machines.list();
      return all + " " + machines.versions(all.get(0).id());
    } catch (FlyException e) {
      return e.toString();
    }
  }

  private void cure(RunbookProcedures runbook, String path) {
    try {
      var plan = runbook.highErrorRate().rollBack().plan();
      tell(plan);
      tell(Report.of(plan), runbook);
      plant(FlyHost.MACHINES, path, 40);
      var execution = plan.apply("orders fail");
      tell(execution);
      tell(Report.of(execution), runbook);
      tell(execution.verify());
    } catch (RuntimeException e) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      tell(trace);
    }
  }

  private void plant(FlyHost host, String path, int times) {
    var quoting = WebFault.instead(Answer.text(403, "text/plain", quoted()));
    world.estate.fly().site(host).fault("*", path, times, quoting);
  }

  private String quoted() {
    return "refused "
        + deploy.reveal()
        + " and "
        + read.reveal()
        + " with postgres://app:"
        + PASSWORD
        + "@db:5432/hotdash";
  }

  /** Each token by itself, without the scheme word that goes with it. */
  private List<String> planted() {
    var all = new ArrayList<String>();
    all.add(PASSWORD.toLowerCase(Locale.ROOT));
    all.add(ENV.toLowerCase(Locale.ROOT));
    all.addAll(nonces);
    Stream.of(deploy, read)
        .flatMap(secret -> Stream.of(secret.reveal().replaceFirst("^FlyV1 ", "").split(",", -1)))
        .map(token -> token.toLowerCase(Locale.ROOT))
        .forEach(all::add);
    return all;
  }

  private void tell(Object what) {
    told.append(what).append('\n');
  }

  private void tell(Report report, RunbookProcedures runbook) {
    tell(report.json(runbook.redactor()));
    tell(report.markdown(runbook.redactor()));
    tell(report.html(runbook.redactor()));
  }
}
