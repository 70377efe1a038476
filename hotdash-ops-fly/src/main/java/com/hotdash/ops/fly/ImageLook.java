package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether an image still exists. Fly promises no time of keeping.
 *
 * @param image the image, with its digest if it exists
 * @param presence what is known
 * @param detail where it was looked, and what came back
 */
public record ImageLook(ImageRef image, Presence presence, String detail) {
  /** What is known of an image's existence. */
  public enum Presence {
    /** It is there. */
    PRESENT,
    /** It is not there any more. */
    GONE,
    /** It could not be looked up. */
    UNKNOWN
  }

  private static final String MANIFESTS =
      "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
          + "application/vnd.docker.distribution.manifest.list.v2+json, "
          + "application/vnd.docker.distribution.manifest.v2+json";

  static ImageLook at(AppCalls calls, ImageRef image, Deadline limit) {
    if (image.inFlyRegistry()) {
      var registry = inRegistry(calls, image, limit);
      if (registry.presence() != Presence.UNKNOWN) {
        return registry;
      }
      var graphQl = byGraphQl(calls, image, limit);
      return new ImageLook(
          graphQl.image(), graphQl.presence(), registry.detail() + "; " + graphQl.detail());
    }
    return byGraphQl(calls, image, limit);
  }

  private static ImageLook inRegistry(AppCalls calls, ImageRef image, Deadline limit) {
    var reference = image.digest() == null ? image.tag() : image.digest();
    var path = new ArrayList<>(List.of("v2"));
    path.addAll(List.of(image.repository().split("/")));
    path.addAll(List.of("manifests", reference == null ? "latest" : reference));
    var request =
        HttpRequest.get("image.manifest", path.toArray(String[]::new))
            .header("Accept", MANIFESTS)
            .accept(404)
            .build();
    var call = new FlyCall(FlyService.REGISTRY, "image.manifest", calls.app(), request);
    try {
      var answer = calls.api().send(call, limit);
      if (answer.status() == 404) {
        return new ImageLook(image, Presence.GONE, "the registry does not have it");
      }
      var digest = answer.header("Docker-Content-Digest").orElse(image.digest());
      return new ImageLook(image.withDigest(digest), Presence.PRESENT, "the registry has it");
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      return new ImageLook(image, Presence.UNKNOWN, "the registry: " + e.problem());
    }
  }

  private static ImageLook byGraphQl(AppCalls calls, ImageRef image, Deadline limit) {
    try {
      Map<String, Object> variables = Map.of("app", calls.app(), "ref", image.toString());
      var app = calls.graphQl("image.get", Documents.IMAGE, variables, limit).object("app");
      if (app.map().isEmpty()) {
        return new ImageLook(image, Presence.UNKNOWN, "GraphQL does not show the app");
      }
      var found = app.object("image");
      return found.has("digest")
          ? new ImageLook(
              image.withDigest(found.text("digest")), Presence.PRESENT, "GraphQL knows it")
          : new ImageLook(image, Presence.GONE, "GraphQL does not know it");
    } catch (FlyNotFoundException e) {
      // It may be the app that is not found: a token that does not see it knows nothing of images.
      boolean ofImage = e.text().toLowerCase(Locale.ROOT).contains("image");
      return new ImageLook(
          image, ofImage ? Presence.GONE : Presence.UNKNOWN, "GraphQL: " + e.problem());
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      return new ImageLook(image, Presence.UNKNOWN, "GraphQL: " + e.problem());
    }
  }

  @Override
  public String toString() {
    return image + ": " + presence + " (" + detail + ")";
  }
}
