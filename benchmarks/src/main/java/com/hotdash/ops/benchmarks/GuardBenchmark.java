package com.hotdash.ops.benchmarks;

import com.hotdash.ops.shopify.Charge;
import com.hotdash.ops.shopify.Lane;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopGate;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.shopify.ThrottleStatus;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the guard adds to a call that does not have to wait. The gate alone: leave before it,
 * booking after it. The whole, as an interceptor: {@code guardedCall} less {@code plainCall}, with
 * the cost predicted from the document, the answer judged, the cost learned, breaker and memory of
 * calls told; both answer without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx256m")
public class GuardBenchmark {
  // A bucket that no loop empties, so that nothing waits.
  private static final ThrottleStatus FULL = new ThrottleStatus(1e12, 1e12, 1e10);
  private static final Charge REPLY = new Charge(6, 3.0, FULL);

  private final ShopifyGuard guard = ShopifyGuard.builder().build();
  private final ShopGate gate = guard.gate(ShopDomain.of("hotdash"));

  private static final byte[] QUERY =
      ("{\"query\":\"query Orders($n: Int!) { orders(first: $n) { nodes { id name customer { id"
              + " email } lineItems(first: 5) { nodes { id title quantity } } } } }\","
              + "\"variables\":{\"n\":10}}")
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] ANSWER =
      ("{\"data\":{\"orders\":{\"nodes\":[{\"id\":\"gid://shopify/Order/1\",\"name\":\"#1001\"}]}},"
              + "\"extensions\":{\"cost\":{\"requestedQueryCost\":54,\"actualQueryCost\":14,"
              + "\"throttleStatus\":{\"maximumAvailable\":1000000000.0,"
              + "\"currentlyAvailable\":1000000000,\"restoreRate\":100000000.0}}}}")
          .getBytes(StandardCharsets.UTF_8);
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient plain =
      new OkHttpClient.Builder().addInterceptor(GuardBenchmark::answer).build();
  private final OkHttpClient guarded =
      new OkHttpClient.Builder()
          .addInterceptor(guard.interceptor(Lane.INTERACTIVE))
          .addInterceptor(GuardBenchmark::answer)
          .build();

  /** Made by JMH. */
  public GuardBenchmark() {}

  /** Tells the gate how large the bucket is. */
  @Setup
  public void calibrate() {
    gate.tryAcquire(1, Lane.INTERACTIVE).orElseThrow().settle(new Charge(1, 1.0, FULL));
  }

  /** Ends the guard. */
  @TearDown
  public void close() {
    guard.close();
  }

  /**
   * One call without the call.
   *
   * @return what was held for it
   */
  @Benchmark
  public double uncontended() {
    try (var permit =
        gate.acquire(6, Lane.INTERACTIVE, Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      permit.settle(REPLY);
      return permit.cost();
    }
  }

  /**
   * One call of an application's own client, behind the guard.
   *
   * @return the answer's status
   * @throws IOException never, without a network
   */
  @Benchmark
  public int guardedCall() throws IOException {
    return call(guarded);
  }

  /**
   * The same call without the guard.
   *
   * @return the answer's status
   * @throws IOException never, without a network
   */
  @Benchmark
  public int plainCall() throws IOException {
    return call(plain);
  }

  private static int call(OkHttpClient client) throws IOException {
    var request =
        new Request.Builder()
            .url("https://hotdash.myshopify.com/admin/api/2026-10/graphql.json")
            .post(RequestBody.create(QUERY, JSON))
            .build();
    try (var response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  private static Response answer(Interceptor.Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_2)
        .code(200)
        .message("")
        .header("x-shopify-api-version", "2026-10")
        .body(ResponseBody.create(ANSWER, JSON))
        .build();
  }
}
