package com.hotdash.ops.testkit.fly;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The part of Fly's GraphQL schema that the simulator has data for: field to type, "" for a scalar.
 */
final class GraphqlTypes {
  private static final Map<String, Map<String, String>> TYPES =
      Map.ofEntries(
          type("Query", "app:App"),
          type(
              "Mutation",
              "setSecrets:SetSecretsPayload unsetSecrets:UnsetSecretsPayload lockApp:LockAppPayload"
                  + " unlockApp:UnlockAppPayload createRelease:CreateReleasePayload"
                  + " updateRelease:UpdateReleasePayload"),
          type(
              "App",
              "id internalNumericId name hostname cnameTarget deployed network status appUrl"
                  + " platformVersion organization:Organization role:AppRole"
                  + " releasesUnprocessed:ReleaseUnprocessedConnection"
                  + " currentReleaseUnprocessed:ReleaseUnprocessed hostIssues:IssueConnection"
                  + " image:Image secrets:Secret currentLock:AppLock"),
          type("Organization", "id internalNumericId slug name paidPlan rawSlug"),
          type("AppRole", "name"),
          type(
              "ReleaseUnprocessedConnection",
              "nodes:ReleaseUnprocessed pageInfo:PageInfo totalCount"),
          type(
              "ReleaseUnprocessed",
              "id version status reason description stable imageRef createdAt updatedAt"
                  + " deploymentStrategy revertedTo inProgress configDefinition image:Image user:User"),
          type(
              "Release",
              "id version status reason description stable imageRef createdAt updatedAt"
                  + " deploymentStrategy revertedTo inProgress image:Image user:User"),
          type("Image", "id digest ref tag repository registry compressedSizeFull"),
          type("User", "id email name"),
          type("PageInfo", "hasNextPage hasPreviousPage startCursor endCursor"),
          type("IssueConnection", "nodes:Issue totalCount"),
          type("Issue", "internalId message createdAt updatedAt"),
          type("Secret", "id name digest createdAt"),
          type("AppLock", "lockId expiration"),
          type("SetSecretsPayload", "app:App release:Release"),
          type("UnsetSecretsPayload", "app:App release:Release"),
          type("LockAppPayload", "lockId expiration"),
          type("UnlockAppPayload", "app:App"),
          type("CreateReleasePayload", "app:App release:Release"),
          type("UpdateReleasePayload", "release:Release"));

  private GraphqlTypes() {}

  /** Returns what is wrong with a document, before anything of it is carried out. */
  static Optional<String> objection(GraphqlDocument document) {
    return objection(document.mutation() ? "Mutation" : "Query", document.selections());
  }

  private static Optional<String> objection(
      String type, Iterable<GraphqlDocument.Field> selections) {
    var fields = TYPES.getOrDefault(type, Map.of());
    for (var field : selections) {
      if (field.name().equals("__typename")) {
        continue;
      }
      var child = fields.get(field.name());
      if (child == null) {
        return Optional.of("Field '" + field.name() + "' doesn't exist on type '" + type + "'");
      }
      if (child.isEmpty() != field.selections().isEmpty()) {
        return Optional.of(
            child.isEmpty()
                ? "Selections can't be made on scalars (field '" + field.name() + "')"
                : "Field must have selections (field '"
                    + field.name()
                    + "' returns "
                    + child
                    + ")");
      }
      var deeper = objection(child, field.selections());
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  static Map<String, Map<String, String>> all() {
    return TYPES;
  }

  static String of(String type, String field) {
    return TYPES.getOrDefault(type, Map.of()).getOrDefault(field, "");
  }

  private static Map.Entry<String, Map<String, String>> type(String name, String fields) {
    var members = new LinkedHashMap<String, String>();
    Arrays.stream(fields.split(" "))
        .forEach(
            field -> {
              int colon = field.indexOf(':');
              members.put(
                  colon < 0 ? field : field.substring(0, colon),
                  colon < 0 ? "" : field.substring(colon + 1));
            });
    return Map.entry(name, members);
  }
}
