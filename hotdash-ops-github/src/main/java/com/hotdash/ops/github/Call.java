package com.hotdash.ops.github;

import com.hotdash.ops.http.HttpRequest;

/**
 * One call before it is sent: its name in errors, what it is about in a person's words, and where
 * it goes. Not thread-safe.
 */
final class Call {
  private final String operation;
  private final String about;
  private final HttpRequest.Builder request;
  private final StringBuilder address;

  private Call(String operation, String about, HttpRequest.Builder request, String address) {
    this.operation = operation;
    this.about = about;
    this.request = request;
    this.address = new StringBuilder(address);
  }

  /**
   * Begins a read.
   *
   * @param about what is asked for, such as {@code run 42 of acme/hotdash}
   */
  static Call get(String operation, String about, String... path) {
    return new Call(
        operation, about, HttpRequest.get(operation, path), String.join("\n", path) + "\n");
  }

  /** Begins a read of an address that GitHub gave. */
  Call at(String whole) {
    return new Call(operation, about, HttpRequest.getAddress(operation, whole), whole);
  }

  static Call post(String operation, String about, Object body, String... path) {
    return new Call(operation, about, HttpRequest.post(operation, path).json(body), "");
  }

  /** Begins a write that leads to the same state however often it is made. */
  static Call put(String operation, String about, Object body, String... path) {
    return new Call(operation, about, HttpRequest.put(operation, path).json(body).idempotent(), "");
  }

  /** Begins a write that leads to the same state however often it is made. */
  static Call patch(String operation, String about, Object body, String... path) {
    return new Call(
        operation, about, HttpRequest.patch(operation, path).json(body).idempotent(), "");
  }

  Call param(String name, String value) {
    request.param(name, value);
    address.append(name).append('=').append(value).append('\n');
    return this;
  }

  Call header(String name, String value) {
    request.header(name, value);
    return this;
  }

  String operation() {
    return operation;
  }

  String about() {
    return about;
  }

  /** What tells this read from all others. */
  String address() {
    return address.toString();
  }

  HttpRequest.Builder request() {
    return request;
  }
}
