package com.hotdash.ops.postgres;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes an address apart. No message holds any piece of the address: where it is malformed, nobody
 * can tell which piece is the password.
 */
final class PgUrlParser {
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(?:%[\\w.-]+)?");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final String SHAPE =
      "postgres:// and then user, colon, password, @host:5432/database";
  private static final String ENCODE =
      "percent-encode user and password (@ as %40, : as %3A, / as %2F, ? as %3F, # as %23,"
          + " % as %25, blank as %20) and set ";

  private final PgUrlParts parts;

  PgUrlParser(String name) {
    this.parts = new PgUrlParts(name);
  }

  PgUrlParts parse(String raw) {
    var rest = withoutScheme(trimmed(raw));
    int end = authorityEnd(rest);
    var authority = rest.substring(0, end);
    var tail = rest.substring(end);
    if (tail.indexOf('@') >= 0) {
      throw unclear("a raw / ? or # stands before an @, so where the password ends is unclear");
    }
    if (tail.indexOf('#') >= 0) {
      throw unclear("a raw # stands in it, and clients differ in what that means");
    }
    int query = tail.indexOf('?');
    var path = query < 0 ? tail : tail.substring(0, query);

    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      userinfo(authority.substring(0, at));
    }
    if (path.length() > 1) {
      database(path.substring(1));
    }
    var overrides = new PgUrlQuery(this, parts).read(query < 0 ? "" : tail.substring(query + 1));
    new PgUrlTls(this, parts).settle();
    if (overrides.hosts() != null || overrides.ports() != null) {
      hosts(authority.substring(at + 1), overrides);
    } else {
      for (var one : authority.substring(at + 1).split(",", -1)) {
        parts.hosts.add(host(one));
      }
    }
    return parts;
  }

  private String trimmed(String raw) {
    var text = raw.strip();
    if (text.isEmpty()) {
      throw problem("is empty", "set it to " + SHAPE);
    }
    if (!text.equals(raw)) {
      parts.warnings.add(
          "there is blank space or a line break around the address; it was left out here, but other"
              + " clients may stumble over it");
    }
    if ("\"'`".indexOf(text.charAt(0)) >= 0) {
      throw problem("is wrapped in quotes", "set " + parts.name + " without the quotes around it");
    }
    if (text.startsWith(parts.name + "=")) {
      throw problem(
          "begins with its own name", "set " + parts.name + " to what follows the first =");
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      throw unclear("holds a blank or a control character");
    }
    return text;
  }

  private String withoutScheme(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    int start = lower.startsWith("jdbc:") ? 5 : 0;
    for (var scheme : List.of("postgres://", "postgresql://")) {
      if (lower.startsWith(scheme, start)) {
        var rest = text.substring(start + scheme.length());
        if (start > 0 && rest.indexOf('+') >= 0) {
          parts.warnings.add(
              "a raw + stands in it: the JDBC driver itself takes a + in a parameter for a blank;"
                  + " write %2B");
        }
        return rest;
      }
    }
    if (lower.startsWith("prisma://") || lower.startsWith("prisma+postgres://")) {
      throw problem(
          "is an address of Prisma's own proxy, which speaks no PostgreSQL",
          "give the database's own address, often in DIRECT_URL");
    }
    if (lower.startsWith("host=") || lower.startsWith("user=") || lower.startsWith("dbname=")) {
      throw problem("is a list of keywords, not a URL", "set " + parts.name + " to " + SHAPE);
    }
    throw problem(
        "does not begin with postgres:// or postgresql://",
        "set " + parts.name + " to " + SHAPE + "; jdbc: in front is allowed");
  }

  private static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private void userinfo(String userinfo) {
    int colon = userinfo.indexOf(':');
    var user = colon < 0 ? userinfo : userinfo.substring(0, colon);
    if (!user.isEmpty()) {
      parts.user = decoded(user, "the user");
    }
    if (colon >= 0 && colon < userinfo.length() - 1) {
      parts.password = Secret.of(decoded(userinfo.substring(colon + 1), "the password"));
    }
    if (userinfo.indexOf('@') >= 0) {
      parts.warnings.add(
          "a raw @ stands before the host: it was split at the last one, other clients may split at"
              + " the first; write %40");
    }
  }

  private void database(String path) {
    if (path.indexOf('/') >= 0) {
      throw unclear("a second raw / stands after the host");
    }
    parts.database = decoded(path, "the database");
  }

  /** Hosts and ports from parameters, one to one, or one port for all. */
  private void hosts(String authority, PgUrlQuery.Overrides overrides) {
    var hostText = overrides.hosts();
    var names = hostText == null ? authority.split(",", -1) : hostText.split(",", -1);
    var portText = overrides.ports();
    var ports = portText == null ? new String[] {""} : portText.split(",", -1);
    if (ports.length != 1 && ports.length != names.length) {
      throw problem(
          "has " + names.length + " hosts and " + ports.length + " ports",
          "give one port, or one for each host");
    }
    for (int i = 0; i < names.length; i++) {
      var port = ports[ports.length == 1 ? 0 : i];
      if (hostText == null) {
        var host = host(names[i]);
        parts.hosts.add(port.isEmpty() ? host : new PgHost(host.name(), port(port)));
      } else {
        parts.hosts.add(new PgHost(checkedName(names[i]), port(port)));
      }
    }
  }

  private PgHost host(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      var after = close < 0 ? "" : text.substring(close + 1);
      if (close < 0 || !(after.isEmpty() || after.startsWith(":"))) {
        throw unclear("an IPv6 address has no closing bracket, or something else follows it");
      }
      var address = decoded(text.substring(1, close), "the host");
      if (!IPV6.matcher(address).matches()) {
        throw unclear("what stands in brackets is no IPv6 address");
      }
      return new PgHost(address, port(after.isEmpty() ? "" : after.substring(1)));
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw unclear(
          "a host holds more than one colon: an IPv6 address needs brackets, and a password is"
              + " followed by an @");
    }
    var name = colon < 0 ? text : text.substring(0, colon);
    return new PgHost(
        checkedName(decoded(name, "the host")), port(colon < 0 ? "" : text.substring(colon + 1)));
  }

  private String checkedName(String name) {
    if (name.isEmpty()) {
      parts.warnings.add(
          "no host is given: localhost is taken here, while libpq takes a Unix socket");
      return "localhost";
    }
    boolean socket = name.startsWith("/") || name.startsWith("@");
    if (!socket && !HOST.matcher(name).matches() && !IPV6.matcher(name).matches()) {
      throw unclear("a host holds characters that no host name has");
    }
    return name;
  }

  private int port(String text) {
    if (text.isEmpty()) {
      return PgHost.DEFAULT_PORT;
    }
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw unclear(
          "what follows a host's colon is no port from 1 to 65535 (a password is followed by an @)");
    }
    return port;
  }

  void parameterName(String name) {
    if (!PARAMETER.matcher(name).matches()) {
      throw unclear("a parameter after the ? has a name that no parameter has");
    }
  }

  String decoded(String encoded, String part) {
    return PercentCode.decode(encoded)
        .orElseThrow(
            () ->
                problem(
                    "has a broken percent-encoding in " + part,
                    "write a literal % as %25, and everything else as UTF-8, in " + parts.name));
  }

  ConfigurationException unclear(String what) {
    return problem(what, ENCODE + parts.name + " to " + SHAPE);
  }

  ConfigurationException problem(String what, String next) {
    return new ConfigurationException(
        Fault.of("postgres", "url.parse", parts.name + ": " + what).withNextStep(next));
  }
}
