package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopDocumentsTest {
  @Test
  void all_stand_inBothSchemas() {
    var objections = new ArrayList<String>();
    for (var version : CostSpecs.VERSIONS) {
      for (var document : ShopDocuments.ALL) {
        objections.addAll(CostSpecs.objections(version, document));
      }
    }

    assertThat(objections).isEmpty();
  }

  @Test
  void costs_areThoseThatAreStated() {
    var predictor = new CostPredictor(CostTables.load());

    assertThat(predictor.predict(ShopDocuments.PING, null, Map.of()).requested()).isEqualTo(1);
    assertThat(predictor.predict(ShopDocuments.SCOPES, null, Map.of()).requested()).isEqualTo(2);
    assertThat(predictor.predict(ShopDocuments.VERSIONS, null, Map.of()).requested()).isEqualTo(1);
    assertThat(predictor.predict(ShopDocuments.SUBSCRIPTIONS, null, Map.of()).requested())
        .isEqualTo(13);
  }
}
