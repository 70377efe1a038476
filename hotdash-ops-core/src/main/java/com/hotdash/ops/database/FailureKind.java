package com.hotdash.ops.database;

import java.util.Locale;

/** The named causes of a failed connection or statement. Opposite cures have different names. */
public enum FailureKind {
  /** The address cannot be understood. */
  URL_MALFORMED(Layer.ADDRESS),
  /** The host's name leads nowhere. */
  NAME_NOT_RESOLVED(Layer.ADDRESS),
  /** Nothing listens there, a firewall rejects, or our address is banned. */
  REFUSED(Layer.NETWORK),
  /** Packets are dropped on the way. */
  CONNECT_TIMED_OUT(Layer.NETWORK),
  /** There is no way to that network, such as IPv6 from an IPv4-only host. */
  NO_ROUTE(Layer.NETWORK),
  /** The connection was accepted, and then nobody spoke. */
  SILENT(Layer.NETWORK),
  /** The connection was accepted and then closed. */
  CLOSED_BY_PEER(Layer.NETWORK),
  /** Something listens there that does not speak the database's protocol. */
  WRONG_PROTOCOL(Layer.NETWORK),
  /** We ask for encryption and the server has none. */
  TLS_NOT_OFFERED(Layer.TLS),
  /** The server asks for encryption and we send none. */
  TLS_REQUIRED(Layer.TLS),
  /** The server's certificate is not trusted or names another host. */
  TLS_NOT_TRUSTED(Layer.TLS),
  /** A setting in the address that this server or pooler refuses. */
  STARTUP_PARAMETER_REFUSED(Layer.ADDRESS),
  /** Wrong password, or a role that does not exist; which of the two is not told. */
  PASSWORD_REFUSED(Layer.LOGIN),
  /** The server asks for a password and the address holds none. */
  PASSWORD_MISSING(Layer.LOGIN),
  /** The role does not exist or may not log in. */
  ROLE_REFUSED(Layer.LOGIN),
  /** The server's access list has no place for this host, user and database. */
  ADDRESS_REFUSED(Layer.LOGIN),
  /** Our address or project is blocked after failures: every new try prolongs it. */
  BANNED(Layer.LOGIN),
  /** The pooler does not know this project: wrong pooler host, or project paused or deleted. */
  PROJECT_NOT_FOUND(Layer.LOGIN),
  /** The database does not exist. */
  DATABASE_MISSING(Layer.LOGIN),
  /** The database accepts no connections by its own setting. */
  DATABASE_CLOSED(Layer.LOGIN),
  /** Every slot of the server is taken, the reserved ones too. */
  ALL_SLOTS_TAKEN(Layer.SERVER_SLOTS),
  /** Ordinary slots are taken; superusers still get in (servers up to 15). */
  ORDINARY_SLOTS_TAKEN(Layer.SERVER_SLOTS),
  /** Ordinary slots are taken; roles with reserved slots still get in (16 and later). */
  UNRESERVED_SLOTS_TAKEN(Layer.SERVER_SLOTS),
  /** Ordinary and reserved slots are taken; superusers still get in (16 and later). */
  ONLY_SUPERUSER_SLOTS_LEFT(Layer.SERVER_SLOTS),
  /** This role has reached its own limit. */
  ROLE_LIMIT(Layer.LIMIT),
  /** This database has reached its own limit. */
  DATABASE_LIMIT(Layer.LIMIT),
  /** The pooler takes no more clients. */
  POOLER_CLIENT_LIMIT(Layer.POOLER),
  /** The pooler's session mode has handed out its whole pool. */
  POOLER_SESSION_LIMIT(Layer.POOLER),
  /** All the pooler's server connections are busy: slow statements or locks behind it. */
  POOLER_CHECKOUT_TIMEOUT(Layer.POOLER),
  /** The pooler cannot reach its server. */
  POOLER_SERVER_DOWN(Layer.POOLER),
  /** The application's own pool is empty and the server is not to blame. */
  APPLICATION_POOL_EXHAUSTED(Layer.APPLICATION_POOL),
  /** The server is starting. */
  STARTING_UP(Layer.SERVER_STATE),
  /** The server is shutting down. */
  SHUTTING_DOWN(Layer.SERVER_STATE),
  /** The server replays its log and takes nobody yet. */
  IN_RECOVERY(Layer.SERVER_STATE),
  /** The server is out of memory or lock space; new logins fail with it. */
  OUT_OF_MEMORY(Layer.SERVER_STATE),
  /** The server's disk is full. */
  DISK_FULL(Layer.SERVER_STATE),
  /** The server accepts no writes. */
  READ_ONLY(Layer.SERVER_STATE),
  /** The session was ended by somebody. */
  TERMINATED(Layer.SERVER_STATE),
  /** The statement ran into its time limit. */
  STATEMENT_TIMEOUT(Layer.STATEMENT),
  /** The statement waited too long for a lock. */
  LOCK_TIMEOUT(Layer.STATEMENT),
  /** The role may not do that. */
  NOT_PERMITTED(Layer.STATEMENT),
  /** We did not try, because trying could have made it worse; the text says why. */
  NOT_TRIED(Layer.OURS),
  /** Our own deadline came first. */
  DEADLINE(Layer.OURS),
  /** None of these; the text has the server's own words. */
  OTHER(Layer.STATEMENT);

  /** Where in the chain the cause sits. */
  public enum Layer {
    /** In the configured address. */
    ADDRESS,
    /** On the way. */
    NETWORK,
    /** In the encryption. */
    TLS,
    /** In who we are. */
    LOGIN,
    /** In the server's connection slots. */
    SERVER_SLOTS,
    /** In a limit set on one role or database. */
    LIMIT,
    /** In the pooler. */
    POOLER,
    /** In the application's own pool. */
    APPLICATION_POOL,
    /** In the state of the server. */
    SERVER_STATE,
    /** In one statement. */
    STATEMENT,
    /** On our side. */
    OURS
  }

  private final Layer layer;

  FailureKind(Layer layer) {
    this.layer = layer;
  }

  /**
   * Returns whether a failure to connect says nothing of the database for sure: we did not look, or
   * what we look with or stand on failed first.
   *
   * @param elsewhere whether anything else far away was reached by its name
   * @return true if the verdict must be that nobody knows
   */
  public boolean oursForAllWeKnow(boolean elsewhere) {
    return switch (this) {
      case URL_MALFORMED, NO_ROUTE -> true;
      case NAME_NOT_RESOLVED -> !elsewhere;
      default -> layer == Layer.OURS;
    };
  }

  /**
   * Returns where in the chain the cause sits.
   *
   * @return the layer
   */
  public Layer layer() {
    return layer;
  }

  /**
   * Returns the name as a person reads it.
   *
   * @return such as {@code password refused}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
