package com.hotdash.ops.testkit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SiteTest {
  private final AtomicInteger works = new AtomicInteger();
  private final Site site =
      Site.start(
          Time.SYSTEM,
          false,
          call -> {
            works.incrementAndGet();
            return call.path().equals("/hanging")
                ? Answer.hanging()
                : Answer.text(200, "text/plain", "x".repeat(1_000));
          });

  @AfterEach
  void close() {
    site.close();
  }

  /** A POST: the JDK's client sends a GET again by itself when the connection closes. */
  private String post(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(site.address() + path))
            .timeout(Duration.ofMillis(400))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  static Stream<Arguments> lost() {
    return Stream.of(
        Arguments.of(WebFault.close(), 0),
        Arguments.of(WebFault.closeAfter(), 1),
        Arguments.of(WebFault.stall(), 0),
        Arguments.of(WebFault.stallAfter(), 1),
        Arguments.of(WebFault.cut(), 1));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void fault_losesTheAnswer_withTheWorkDoneOrNot(WebFault fault, int done) throws Exception {
    site.fault("POST", "/work", 1, fault);

    assertThatThrownBy(() -> post("/work")).isInstanceOf(IOException.class);

    assertThat(works).hasValue(done);
    assertThat(post("/other")).hasSize(1_000);
    assertThat(post("/work")).hasSize(1_000);
  }

  @Test
  void fault_clearedOrOfAnotherRoute_doesNotAct() throws Exception {
    site.fault("PUT", "/work", 5, WebFault.close());
    site.fault("*", "/work", 5, WebFault.close());
    site.clearFaults();

    assertThat(post("/work")).hasSize(1_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> site.fault("*", "/work", 0, WebFault.close()));
  }

  @Test
  void hanging_neverAnswers() {
    assertThatThrownBy(() -> post("/hanging")).isInstanceOf(IOException.class);
    assertThat(works).hasValue(1);
  }

  @Test
  void requests_areRemembered_oldestFirst() throws Exception {
    post("/first");
    post("/second?a=b");

    assertThat(site.requests())
        .extracting(SeenRequest::toString)
        .containsExactly("POST /first", "POST /second?a=b");
    assertThat(site.requests()).noneMatch(SeenRequest::credentials);
  }
}
