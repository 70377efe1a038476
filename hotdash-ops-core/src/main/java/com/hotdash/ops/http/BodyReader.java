package com.hotdash.ops.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of an answer while it arrives. It runs on the calling thread and may stop early.
 *
 * @param <T> what it makes of the body
 */
@FunctionalInterface
public interface BodyReader<T> {
  /**
   * Reads a body. The stream throws an {@link HttpException} once the body's bound or the call's
   * time is used up; let it pass.
   *
   * @param head status and headers
   * @param body the body, decompressed; closed afterwards
   * @return what was made of it
   * @throws IOException if the reader itself fails
   */
  T read(HttpHead head, InputStream body) throws IOException;
}
