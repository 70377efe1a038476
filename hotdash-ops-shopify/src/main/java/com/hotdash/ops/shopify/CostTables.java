package com.hotdash.ops.shopify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of costs beyond the formula, from {@code cost-tables.txt}. Immutable. */
final class CostTables {
  private static final String RESOURCE = "cost-tables.txt";

  private final Set<String> free = new HashSet<>();
  private final Set<String> freeUnder = new HashSet<>();
  private final Map<String, Set<String>> freeIf = new HashMap<>();
  private final Set<String> interfaces = new HashSet<>();
  private final Map<String, Integer> mutations = new HashMap<>();

  private CostTables() {}

  /** Reads the tables that come with the library. */
  static CostTables load() {
    try (var in = CostTables.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside the class");
      }
      return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CostTables read(BufferedReader lines) throws IOException {
    var tables = new CostTables();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        tables.add(line, List.of(line.strip().split(" +")));
      }
    }
    return tables;
  }

  private void add(String line, List<String> words) {
    var kind = words.get(0);
    if (kind.equals("free") && words.size() == 2) {
      free.add(words.get(1));
    } else if (kind.equals("free") && words.size() == 4 && words.get(2).equals("under")) {
      freeUnder.add(words.get(1) + ' ' + words.get(3));
    } else if (kind.equals("free") && words.size() > 3 && words.get(2).equals("if")) {
      freeIf.put(words.get(1), Set.copyOf(words.subList(3, words.size())));
    } else if (kind.equals("interface") && words.size() == 2) {
      interfaces.add(words.get(1));
    } else if (kind.equals("mutation") && words.size() == 3) {
      mutations.put(words.get(1), Integer.valueOf(words.get(2)));
    } else {
      throw new IllegalArgumentException("not a line of " + RESOURCE + ": " + line);
    }
  }

  /**
   * Whether a field and all below it cost nothing.
   *
   * @param name the field
   * @param owner the field above it, past {@code nodes}, {@code edges} and {@code node}
   * @param asked the names of what is asked of it
   */
  boolean free(String name, String owner, Set<String> asked) {
    if (free.contains(name) || freeUnder.contains(name + ' ' + owner)) {
      return true;
    }
    var only = freeIf.get(name);
    return only != null && !asked.isEmpty() && only.containsAll(asked);
  }

  /** Whether an object can be of this type and of another one at once. */
  boolean isInterface(String type) {
    return interfaces.contains(type);
  }

  /** What a mutation was seen to cost, or null if it is as others are. */
  @Nullable Integer mutation(String name) {
    return mutations.get(name);
  }
}
