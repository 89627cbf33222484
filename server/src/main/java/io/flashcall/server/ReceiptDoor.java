package io.flashcall.server;

import io.flashcall.server.channel.receipt.Post;
import io.flashcall.server.channel.receipt.ReceiptDesk;
import io.flashcall.server.channel.receipt.ReceiptDesk.Taking;
import io.flashcall.server.http.resource.ReceiptIntake;

/// Carries what providers send to the API over to those who read it.
record ReceiptDoor(ReceiptDesk desk) implements ReceiptIntake {

    @Override
    public Outcome take(Posted posted) {
        var post = new Post(
                posted.token(), posted.headers(), posted.query(), posted.body().bytes());
        return switch (desk.take(posted.channel(), post)) {
            case Taking.Taken() -> new Outcome.Taken();
            case Taking.Echo(var challenge) -> new Outcome.Echo(challenge);
            case Taking.TooMany() -> new Outcome.TooMany();
            case Taking.NotAuthentic() -> new Outcome.NotAuthentic();
            case Taking.NoSuchChannel() -> new Outcome.NoSuchChannel();
        };
    }
}
