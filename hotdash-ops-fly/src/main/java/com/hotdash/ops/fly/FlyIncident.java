package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident of Fly itself that is open. The page lags behind the world: none is weak evidence.
 *
 * @param id its id
 * @param name its title
 * @param status Fly's word, such as {@code investigating}
 * @param startedAt when it began, or {@code null} if Fly does not say
 * @param updatedAt when Fly last wrote about it, or {@code null} if it does not say
 * @param components what it touches
 */
public record FlyIncident(
    String id,
    String name,
    String status,
    @Nullable Instant startedAt,
    @Nullable Instant updatedAt,
    List<String> components) {
  /** Copies the list. */
  public FlyIncident {
    components = List.copyOf(components);
  }

  static List<FlyIncident> open(FlyApi api, Deadline limit) {
    var request = HttpRequest.get("incidents.open").build();
    var call = new FlyCall(FlyService.INCIDENTS, "incidents.open", "fly", request);
    var answer = api.object(call, limit);
    if (!answer.map().containsKey("incidents")) {
      throw new FlyProtocolException(
          FlyApi.fault(call, "answered something that is no list of incidents"), 200, "", null);
    }
    return answer.objects("incidents").stream()
        .map(
            fields ->
                new FlyIncident(
                    fields.text("id", ""),
                    Texts.line(fields.text("name", "")),
                    fields.text("status", ""),
                    fields.has("started_at")
                        ? fields.time("started_at")
                        : fields.time("created_at"),
                    fields.time("updated_at"),
                    fields.objects("components").stream()
                        .map(component -> Texts.line(component.text("name", "")))
                        .toList()))
        .toList();
  }

  @Override
  public String toString() {
    return name
        + " ("
        + status
        + " since "
        + startedAt
        + ", "
        + String.join(", ", components)
        + ")";
  }
}
