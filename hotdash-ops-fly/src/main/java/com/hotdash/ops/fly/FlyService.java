package com.hotdash.ops.fly;

import java.util.List;

/**
 * The services that make up Fly. Each has a base address of its own, which can be replaced by
 * {@link FlyClient.Builder#address}, and wants the token in a form of its own.
 */
public enum FlyService {
  /** Apps, machines, leases, secrets and tokens. The base address goes without {@code /v1}. */
  MACHINES("https://api.machines.dev", Header.MACAROONS, "FLY_FLAPS_BASE_URL"),
  /** App details, releases, host issues and image lookup; {@code /graphql} is added to the base. */
  GRAPHQL("https://api.fly.io", Header.ALL, "FLY_API_BASE_URL"),
  /** The undocumented REST list of releases; {@code /api/v1} is added to the base. */
  RELEASES("https://api.fly.io", Header.BEARER, "FLY_UIEX_BASE_URL"),
  /** Pages of logs; {@code /api/v1} is added to the base. */
  LOGS("https://api.fly.io", Header.MACAROONS, "HOTDASH_OPS_FLY_LOGS_URL", "FLY_API_BASE_URL"),
  /** Metrics; organisation and {@code /api/v1} are added to the base. */
  PROMETHEUS("https://api.fly.io/prometheus", Header.MACAROONS, "HOTDASH_OPS_FLY_PROMETHEUS_URL"),
  /** Images of releases; {@code /v2} is added to the base. */
  REGISTRY("https://registry.fly.io", Header.MACAROONS, "HOTDASH_OPS_FLY_REGISTRY_URL"),
  /** Fly's own open incidents; the whole address. Asked without a token. */
  INCIDENTS(
      "https://incidents.flyio.net/v1/incidents",
      Header.NONE,
      "FLY_STATUSPAGE_UNRESOLVED_INCIDENTS_URL");

  /** How a service wants the tokens. */
  enum Header {
    /** {@code FlyV1} with the macaroons alone, if there are any; else {@code Bearer}. */
    MACAROONS,
    /** {@code FlyV1} with all tokens, if a macaroon is among them; else {@code Bearer}. */
    ALL,
    /** {@code Bearer} with all tokens, macaroons included. */
    BEARER,
    /** No token. */
    NONE
  }

  private final String defaultAddress;
  private final Header header;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> variables;

  FlyService(String defaultAddress, Header header, String... variables) {
    this.defaultAddress = defaultAddress;
    this.header = header;
    this.variables = List.of(variables);
  }

  /**
   * Returns Fly's own address of the service.
   *
   * @return the base address that is used unless another one is set
   */
  public String defaultAddress() {
    return defaultAddress;
  }

  /**
   * Returns the variables of the environment that replace the address, flyctl's own names where it
   * has one.
   *
   * @return the variables; the first that is set counts
   */
  public List<String> variables() {
    return variables;
  }

  Header header() {
    return header;
  }
}
