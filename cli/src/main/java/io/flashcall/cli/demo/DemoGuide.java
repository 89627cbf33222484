package io.flashcall.cli.demo;

import io.flashcall.cli.hook.Hook;
import java.io.PrintWriter;

/// Tells somebody what there is, and what to type next.
final class DemoGuide {

    /// A phone of nobody's, kept for drama; its last three digits make it ring.
    static final String PHONE = "+441614960123";

    private final PrintWriter out;
    private final DemoWorld world;

    DemoGuide(PrintWriter out, DemoWorld world) {
        this.out = out;
        this.world = world;
    }

    void welcome() {
        out.println("""
                open %5$s/ in a browser, or read on

                flashcall ready on %1$s

                A whole verification service, and around it a carrier, its phones, and an app that hears of everything:
                all in this process, nothing leaves this machine. Ctrl-C ends it.

                  documents        %1$s/docs
                  server key       %2$s
                  publishable key  %3$s

                1. Start a verification. %4$s is a phone of this demo, as is any number that begins with +44161496.
                   Its last three digits choose what it does: 123 rings, 006 is busy (./flashcall carrier --help).

                   curl -s %1$s/v1/verifications -H 'Authorization: Bearer %2$s' \\
                     -H 'Content-Type: application/json' -d '{"to":"%4$s"}'

                2. Look at its display: the last 4 digits of the number that called are the code.

                   curl -s %5$s/handsets/%4$s

                3. Enter them. What to type comes below as soon as a phone rings.

                4. Look at what your app was told, and at the messages on a phone whose call failed.

                   curl -s %5$s%6$s
                   curl -s %5$s/inbox/+441614960006

                Or let it be asked of you: FLASHCALL_KEY=%2$s ./flashcall verify --url %1$s --to %4$s
                """.formatted(
                world.url(), world.serverKey(), world.publishableKey(), PHONE, world.phones(), DemoWorld.WEBHOOKS));
        out.flush();
    }

    /// A webhook came: one line, and once the phone rings what to type. Any thread.
    synchronized void tell(Hook hook) {
        var verification = hook.body().path("data").path("verification");
        var to = verification.path("to").asString("");
        out.println("webhook " + hook.type() + "  " + to + "  " + hook.verification());
        var display = world.handsets().calls(to);
        if (hook.type().equals("call.ringing") && !display.isEmpty()) {
            enter(hook.verification(), display.getFirst().from());
        }
        out.flush();
    }

    private void enter(String id, String caller) {
        out.println("""

                   %1$s is on its display. Enter its last 4 digits, then look at what happened:

                   curl -s %2$s/v1/verifications/%3$s/check -H 'Authorization: Bearer %4$s' \\
                     -H 'Content-Type: application/json' -d '{"code":"%5$s"}'
                   curl -s %2$s/v1/verifications/%3$s/events -H 'Authorization: Bearer %4$s'
                """.formatted(
                caller, world.url(), id, world.serverKey(), caller.substring(Math.max(0, caller.length() - 4))));
    }
}
