package com.hotdash.ops.testkit.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A query of {@code /search/issues}, answered from an index that lags behind. */
final class Search {
  private static final Pattern TERM = Pattern.compile("(?:(\\w+):)?(?:\"([^\"]*)\"|(\\S+))");

  private final List<String> repositories = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<String> is = new ArrayList<>();
  private final List<String> in = new ArrayList<>();

  static Search parse(String query) {
    var search = new Search();
    var terms = TERM.matcher(query);
    while (terms.find()) {
      var value = terms.group(2) == null ? terms.group(3) : terms.group(2);
      search.add(terms.group(1) == null ? "" : terms.group(1), value);
    }
    return search;
  }

  private void add(String key, String value) {
    switch (key) {
      case "repo" -> repositories.add(value);
      case "label" -> labels.add(value);
      case "is", "state", "type" -> is.add(value);
      case "in" -> in.add(value);
      case "" -> texts.add(value.toLowerCase(Locale.ROOT));
      default -> texts.add((key + ':' + value).toLowerCase(Locale.ROOT));
    }
  }

  boolean covers(Repository repository) {
    return repositories.isEmpty()
        || repositories.stream().anyMatch(r -> r.equalsIgnoreCase(repository.toString()));
  }

  List<Issue> find(Repository repository) {
    var now = repository.time.now();
    var found = new ArrayList<Issue>();
    for (var issue : repository.issues) {
      var known = issue.indexed(now);
      if (known != null && fits(issue, known)) {
        found.add(issue);
      }
    }
    return found;
  }

  private boolean fits(Issue issue, Issue.Indexed known) {
    for (var word : is) {
      boolean fits =
          switch (word) {
            case "issue" -> !issue.pullRequest;
            case "pr" -> issue.pullRequest;
            default -> known.state().equals(word);
          };
      if (!fits) {
        return false;
      }
    }
    boolean labelled =
        labels.stream().allMatch(l -> known.labels().stream().anyMatch(l::equalsIgnoreCase));
    var title = in.isEmpty() || in.contains("title") ? known.title() : "";
    var body = in.isEmpty() || in.contains("body") ? known.body() : "";
    var text = (title + '\n' + body).toLowerCase(Locale.ROOT);
    return labelled && texts.stream().allMatch(text::contains);
  }
}
