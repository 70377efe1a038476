package com.hotdash.ops.postgres;

/**
 * What pg_stat_statements counts by (facts/postgres.md §12).
 *
 * @param userId the role's oid
 * @param databaseId the database's oid
 * @param queryId the statement's number, which another major version counts anew
 * @param topLevel whether it was sent by a client and not run inside a function
 */
record StatementKey(long userId, long databaseId, long queryId, boolean topLevel) {}
