package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;

/**
 * An expiring pair: an access token of one hour and a refresh token of 90 days.
 *
 * @param accessToken for calls
 * @param refreshToken for the next pair
 */
public record ShopifyGrant(Secret accessToken, Secret refreshToken) {}
