package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads releases: by GraphQL, and by REST where that fails. */
final class FlyReleases {
  static final int MOST = 50;

  private FlyReleases() {}

  static List<Release> list(AppCalls calls, int most, Deadline limit) {
    try {
      return sorted(byGraphQl(calls, most, limit));
    } catch (FlyAuthException | FlyNotFoundException e) {
      throw e;
    } catch (FlyException | com.hotdash.ops.http.HttpException e) {
      return sorted(byRest(calls, most, limit, e));
    }
  }

  /**
   * The newest 50, newest first, with their images' digests: the undocumented REST list does not
   * tell them.
   */
  static List<Release> pinned(AppCalls calls, Deadline limit) {
    var pins = new ImagePins(calls, limit);
    return list(calls, MOST, limit).stream()
        .map(
            release ->
                release.image() == null || !release.completed()
                    ? release
                    : release.withImage(pins.pin(release.image())))
        .toList();
  }

  private static List<Release> byGraphQl(AppCalls calls, int most, Deadline limit) {
    Map<String, Object> variables = Map.of("app", calls.app(), "first", most);
    var half = limit.within(limit.remaining().dividedBy(2).plusMillis(1));
    var list =
        calls
            .graphQl("release.list", Documents.RELEASES, variables, half)
            .object("app")
            .object("releasesUnprocessed");
    if (!list.map().containsKey("nodes")) {
      throw FlyProtocolException.without("release.list", "releases");
    }
    return list.objects("nodes").stream().map(Release::fromGraphQl).toList();
  }

  private static List<Release> byRest(
      AppCalls calls, int most, Deadline limit, OpsException first) {
    var request =
        HttpRequest.get("release.list", "api", "v1", "apps", calls.app(), "releases")
            .param("limit", Integer.toString(most))
            .build();
    try {
      var call = new FlyCall(FlyService.RELEASES, "release.list", calls.app(), request);
      return calls.api().object(call, limit).objects("releases").stream()
          .map(Release::fromRest)
          .toList();
    } catch (OpsException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  private static List<Release> sorted(List<Release> releases) {
    return releases.stream().sorted(Comparator.comparingInt(Release::version).reversed()).toList();
  }
}
