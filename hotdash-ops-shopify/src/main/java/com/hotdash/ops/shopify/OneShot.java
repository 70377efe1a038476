package com.hotdash.ops.shopify;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A body that OkHttp sends once only: by itself it sends a call again when a connection breaks, and
 * after a 408 or a 503 that asks for no wait, all of which may come after the work was done.
 */
final class OneShot extends RequestBody {
  private final RequestBody body;

  private OneShot(RequestBody body) {
    this.body = body;
  }

  static Request of(Request request) {
    var body = request.body();
    return request
        .newBuilder()
        .method(request.method(), new OneShot(body == null ? RequestBody.EMPTY : body))
        .build();
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    body.writeTo(sink);
  }

  @Override
  public boolean isOneShot() {
    return true;
  }
}
