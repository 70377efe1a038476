package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a list into pages and links them by the address that GitHub uses, with the repository's id.
 */
final class Pages {
  private static final int PER_PAGE = 30;
  private static final int MOST_PER_PAGE = 100;

  private final int page;
  private final int perPage;
  private final Map<String, String> query;
  private final String address;

  private Pages(int page, int perPage, Map<String, String> query, String address) {
    this.page = page;
    this.perPage = perPage;
    this.query = query;
    this.address = address;
  }

  static Pages of(Ask ask) {
    var parts = ask.call().path().split("/", -1);
    int skip = parts[1].equals("repos") ? 4 : 3;
    var rest = String.join("/", List.of(parts).subList(skip, parts.length));
    return of(ask.call(), ask.base() + "/repositories/" + ask.repository().id + '/' + rest);
  }

  static Pages of(Call call, String address) {
    var query = call.query();
    int perPage = Math.min(number(query.get("per_page"), PER_PAGE), MOST_PER_PAGE);
    return new Pages(number(query.get("page"), 1), perPage, query, address);
  }

  private static int number(@Nullable String text, int fallback) {
    try {
      int value = text == null ? fallback : Integer.parseInt(text);
      return value < 1 ? fallback : value;
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  <T> List<T> cut(List<T> all) {
    long from = (page - 1L) * perPage;
    return from >= all.size()
        ? List.of()
        : all.subList((int) from, (int) Math.min(all.size(), from + perPage));
  }

  Answer link(Answer answer, int size) {
    int last = Math.max(1, (size + perPage - 1) / perPage);
    var links = new ArrayList<String>();
    if (page > 1) {
      links.add(link(page - 1, "prev"));
    }
    if (page < last) {
      links.add(link(page + 1, "next"));
      links.add(link(last, "last"));
    }
    if (page > 1) {
      links.add(link(1, "first"));
    }
    return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
  }

  private String link(int to, String rel) {
    var changed = new LinkedHashMap<>(query);
    changed.put("page", Integer.toString(to));
    var pairs = new ArrayList<String>();
    changed.forEach((name, value) -> pairs.add(encode(name) + '=' + encode(value)));
    return '<' + address + '?' + String.join("&", pairs) + ">; rel=\"" + rel + '"';
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
