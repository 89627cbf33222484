package io.flashcall.server;

import io.flashcall.server.config.ChannelConfig;
import io.flashcall.server.config.ServerConfig;
import io.flashcall.server.webhook.JsonBudgetJournal;
import io.flashcall.verification.App;
import io.flashcall.verification.AppId;
import io.flashcall.verification.channel.BudgetedChannel;
import io.flashcall.verification.channel.Channel;
import io.flashcall.verification.pricing.BudgetWatch;
import io.flashcall.verification.pricing.Budgets;
import io.flashcall.verification.pricing.Rates;
import io.flashcall.verification.pricing.SheetRates;
import io.flashcall.verification.store.Apps;
import io.flashcall.verification.store.Spending;
import io.flashcall.verification.store.Volumes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// What knows of prices and budgets.
///
/// @param rates   what attempts cost
/// @param budgets what apps may spend
record CostParts(Rates rates, Budgets budgets, Spending spending) {

    static CostParts of(ServerConfig config, Volumes volumes, Spending spending) {
        var prices = config.declared().prices();
        var comparison = prices.compareWith()
                .map(channel -> new SheetRates.Comparison(
                        channel,
                        config.outgoing().channels().stream()
                                .filter(known -> known.name().equals(channel))
                                .findFirst()
                                .flatMap(ChannelConfig::price)));
        var rates = new SheetRates(prices.sheet(), comparison, new RecentVolumes(volumes));
        return new CostParts(rates, new Budgets(spending), spending);
    }

    /// A channel that keeps within budgets.
    Channel within(Channel channel, Function<AppId, Optional<App>> apps) {
        return new BudgetedChannel(channel, budgets, apps);
    }

    /// @param told runs when an event of a budget is to be delivered
    BudgetWatch watch(Apps apps, Runnable told, InstantSource clock) {
        return new BudgetWatch(apps, budgets, new BudgetWatch.Teller(spending, new JsonBudgetJournal(), told), clock);
    }
}
