package io.flashcall.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BillTest {

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void attempts_are_added_exactly_beside_what_all_cost_and_save() {
        var view = json(
                "{'id':'ver_1','attempts':[{'cost':{'amount':'0.004','currency':'EUR'}},"
                        + "{'cost':null},{'cost':{'amount':'0.05','currency':'EUR'}},{'cost':{'amount':'9','currency':'USD'}}]}");
        var costs = json("{'totals':{'costs':[{'currency':'EUR','cost':'0.058','unsettled_cost':'0',"
                + "'alternative':'0.1','saving':'0.042'}]}}");
        assertThat(Bill.of(view, costs))
                .isEqualTo(json("{'verification':'ver_1','currency':'EUR','own':'0.054','all':'0.058',"
                        + "'alternative':'0.1','saving':'0.042'}"));
    }

    @Test
    void while_nothing_has_a_price_there_is_no_bill() {
        assertThat(Bill.of(json("{'id':'ver_1','attempts':[]}"), json("{'totals':{'costs':[]}}")))
                .isEmpty();
    }
}
