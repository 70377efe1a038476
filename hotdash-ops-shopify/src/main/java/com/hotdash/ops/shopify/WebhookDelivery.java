package com.hotdash.ops.shopify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook of which the body is genuine. All else comes from headers, which the signature does not
 * cover. Deliveries come in no order, and one can come twice or never.
 *
 * @param topic such as {@code orders/create}, or {@code null}
 * @param shop the shop's permanent name, or {@code null}
 * @param webhookId the same for a delivery and its retries: leave out what has come before; or
 *     {@code null}
 * @param eventId the same for all deliveries of one act of the merchant, or {@code null}
 * @param apiVersion the version of the payload, or {@code null}
 * @param triggeredAt when it happened, or {@code null}
 * @param signedBy which of the verifier's secrets signed it, from 0
 */
public record WebhookDelivery(
    @Nullable String topic,
    @Nullable String shop,
    @Nullable String webhookId,
    @Nullable String eventId,
    @Nullable String apiVersion,
    @Nullable Instant triggeredAt,
    int signedBy) {}
