package com.hotdash.ops.fly;

import java.util.List;

/** The GraphQL documents that are sent; a test holds each against Fly's schema. */
final class Documents {
  static final String RELEASES =
      """
      query releases($app: String!, $first: Int!) {
        app(name: $app) {
          releasesUnprocessed(first: $first) {
            nodes { id version status reason description imageRef createdAt deploymentStrategy
              revertedTo image { digest ref } user { email name } }
          }
        }
      }
      """;

  static final String HOST_ISSUES =
      """
      query hostIssues($app: String!) {
        app(name: $app) { hostIssues(first: 50) {
          nodes { internalId message createdAt updatedAt } } }
      }
      """;

  static final String IMAGE =
      """
      query image($app: String!, $ref: String!) {
        app(name: $app) { image(ref: $ref) { id digest ref } }
      }
      """;

  static final List<String> ALL = List.of(RELEASES, HOST_ISSUES, IMAGE);

  private Documents() {}
}
