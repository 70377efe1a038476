package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one token may reach, as Fly says.
 *
 * @param id Fly's id of the token, not the token
 * @param org the organisation's short name, or {@code null} if Fly does not say
 * @param apps ids of the apps that it is bound to; empty if it is bound to none
 * @param user the person it belongs to, or {@code null} if none
 * @param machine the machine that it is restricted to, or {@code null} if none
 */
public record FlyTokenInfo(
    String id,
    @Nullable String org,
    List<String> apps,
    @Nullable String user,
    @Nullable String machine) {
  /** Copies the list. */
  public FlyTokenInfo {
    apps = List.copyOf(apps);
  }

  /** Asks Fly what the token is good for. */
  static List<FlyTokenInfo> current(FlyApi api, Deadline limit) {
    var request = HttpRequest.get("tokens.current", "v1", "tokens", "current");
    return api
        .object(FlyApi.machines("tokens.current", "token", request), limit)
        .objects("tokens")
        .stream()
        .map(FlyTokenInfo::from)
        .toList();
  }

  private static FlyTokenInfo from(Fields fields) {
    var apps =
        fields.map().get("apps") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.<String>of();
    return new FlyTokenInfo(
        fields.text("token_id", ""),
        fields.text("org_slug"),
        apps,
        fields.text("user"),
        fields.text("restricted_to_machine"));
  }
}
