package com.hotdash.ops.fly;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole config of a machine, with every field that Fly sent, known or not: an update replaces
 * all of it. Immutable. It prints names of fields only, since {@code env} and {@code files} may
 * hold anybody's secrets.
 */
public final class MachineConfig {
  private final Fields fields;

  private MachineConfig(Fields fields) {
    this.fields = fields;
  }

  static MachineConfig from(Fields fields) {
    return new MachineConfig(new Fields(fields.copy()));
  }

  /**
   * Returns the reference of the image, in whatever form the config holds it.
   *
   * @return the image, or empty if the config names none
   */
  public Optional<ImageRef> image() {
    var text = fields.text("image");
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(ImageRef.parse(text));
  }

  /**
   * Returns the size.
   *
   * @return the size, or empty if the config names none
   */
  public Optional<Guest> guest() {
    return Optional.ofNullable(Guest.from(fields.object("guest")));
  }

  /**
   * Returns the metadata.
   *
   * @return a copy; empty if there is none
   */
  public Map<String, String> metadata() {
    return fields.texts("metadata");
  }

  /**
   * Returns whether the machine has checks of its own or of its services.
   *
   * @return true if a health check is configured
   */
  public boolean hasChecks() {
    return checkCount() > 0;
  }

  /** How many checks, its own and its services', should report. */
  int checkCount() {
    return fields.object("checks").map().size()
        + fields.objects("services").stream()
            .mapToInt(service -> service.objects("checks").size())
            .sum();
  }

  /**
   * Returns whether Fly's proxy may stop the machine when there is no traffic: then being stopped
   * is no trouble. Fly answers {@code "stop"}, {@code "suspend"} or a truth value.
   *
   * @return true if a service of it has auto-stop
   */
  public boolean autostops() {
    return fields.objects("services").stream()
        .map(service -> service.text("autostop", "off"))
        .anyMatch(word -> !word.equals("off") && !word.equals("false"));
  }

  boolean hasServices() {
    return !fields.objects("services").isEmpty();
  }

  boolean hasMounts() {
    return !fields.objects("mounts").isEmpty();
  }

  MachineConfig withImage(ImageRef image) {
    return with("image", image.toString());
  }

  MachineConfig withGuest(Guest guest) {
    return with("guest", guest.over(fields.object("guest")));
  }

  MachineConfig withMetadata(String key, String value) {
    var metadata = fields.object("metadata").copy();
    metadata.put(key, value);
    return with("metadata", metadata);
  }

  private MachineConfig with(String field, Object value) {
    var copy = fields.copy();
    copy.put(field, value);
    return new MachineConfig(new Fields(copy));
  }

  /** What is sent: every field that was read. */
  Map<String, @Nullable Object> map() {
    return fields.copy();
  }

  /**
   * Equal for configs that are equal, whatever the order of their fields; tells nothing of them.
   */
  String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var whole = String.valueOf(sorted(fields.map())).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(whole));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var sorted = new TreeMap<String, @Nullable Object>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), sorted(item)));
      return sorted;
    }
    return value instanceof List<?> list
        ? list.stream().map(item -> String.valueOf(sorted(item))).toList()
        : value;
  }

  boolean isEmpty() {
    return fields.map().isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MachineConfig config && config.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return "MachineConfig" + new TreeSet<>(fields.map().keySet());
  }
}
