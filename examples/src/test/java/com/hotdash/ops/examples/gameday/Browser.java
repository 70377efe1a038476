package com.hotdash.ops.examples.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A headless Chromium that is told over its debugging port, with a profile of its own. What it
 * requests, throws and prints is kept as it reports it.
 */
final class Browser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern PAGE = Pattern.compile("\"(ws://[^\"]+/devtools/page/[^\"]+)\"");
  private static final Pattern REQUESTED =
      Pattern.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"url\":\"([^\"]*)\"");
  private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]*)\"");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final List<String> events = new ArrayList<>();
  private final WebSocket socket;
  private int calls;

  private Browser(Path profile) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true);
    // What it leaves behind goes with its profile.
    builder.environment().put("TMPDIR", profile.toString());
    process = builder.start();
    boolean ready = false;
    try {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(page(port())), new Listener())
              .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .join();
      for (var domain : List.of("Network", "Runtime", "Log", "Page")) {
        call(domain + ".enable", "{}");
      }
      ready = true;
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
  }

  static Browser start(Path profile) throws IOException, InterruptedException {
    return new Browser(Files.createDirectories(profile));
  }

  private int port() throws IOException {
    // Its output ends when it does, so this cannot wait for ever on one that fails to start.
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var found = LISTENING.matcher(line);
      if (found.find()) {
        drain(lines);
        return Integer.parseInt(found.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IOException("the browser did not start: " + said);
  }

  private static void drain(BufferedReader lines) {
    var thread = new Thread(() -> lines.lines().forEach(line -> {}), "browser-output");
    thread.setDaemon(true);
    thread.start();
  }

  private String page(int port) throws IOException, InterruptedException {
    var list =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
            .timeout(PATIENCE)
            .build();
    var found = PAGE.matcher(http.send(list, BodyHandlers.ofString()).body());
    if (!found.find()) {
      throw new IOException("the browser has no page");
    }
    return found.group(1);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }

  /** Opens a page and waits until all of it is loaded. */
  void open(URI address) throws InterruptedException {
    call("Page.navigate", "{\"url\":\"" + address + "\"}");
    if (events.stream().noneMatch(Browser::loaded)) {
      await(Browser::loaded);
    }
  }

  private static boolean loaded(String message) {
    return message.contains("\"method\":\"Page.loadEventFired\"");
  }

  /** Asks the page; the answer is the text of what the expression yields. */
  String ask(String expression) throws InterruptedException {
    var answer =
        call(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"expression\":\"String("
                + expression.replace("\\", "\\\\").replace("\"", "\\\"")
                + ")\"}");
    var value = VALUE.matcher(answer);
    if (!value.find()) {
      throw new IllegalStateException("no answer to " + expression + ": " + answer);
    }
    return value.group(1);
  }

  /** Returns the addresses that were requested. */
  List<String> requested() {
    var all = new ArrayList<String>();
    for (var event : events) {
      var found = REQUESTED.matcher(event);
      if (found.find()) {
        all.add(found.group(1));
      }
    }
    return all;
  }

  /** Returns what a script threw or printed, and what the browser complained of. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                event.contains("\"method\":\"Runtime.exceptionThrown\"")
                    || event.contains("\"method\":\"Runtime.consoleAPICalled\"")
                    || event.contains("\"method\":\"Log.entryAdded\""))
        .toList();
  }

  private String call(String method, String parameters) throws InterruptedException {
    int id = ++calls;
    var text = "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    socket.sendText(text, true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return await(message -> message.startsWith("{\"id\":" + id + ","));
  }

  private String await(Predicate<String> wanted) throws InterruptedException {
    while (true) {
      var message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("the browser does not answer");
      }
      events.add(message);
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, 10, TimeUnit.SECONDS)
        .thenCompose(still -> still.destroyForcibly().onExit())
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }
}
