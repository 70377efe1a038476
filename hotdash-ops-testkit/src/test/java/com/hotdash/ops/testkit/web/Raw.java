package com.hotdash.ops.testkit.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;

/** The JDK's own client, which follows nothing and hides nothing. */
public final class Raw {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Raw() {}

  public static HttpResponse<String> get(URI address, String... headers)
      throws IOException, InterruptedException {
    return send("GET", address, "", headers);
  }

  public static HttpResponse<String> send(
      String method, URI address, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(5))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  public static String header(HttpResponse<?> answer, String name) {
    return Objects.requireNonNull(answer.headers().firstValue(name).orElse(""));
  }
}
