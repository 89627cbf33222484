package io.flashcall.testbed;

/// A virtual handset's view: which numbers ring, and who is on the display. Called on the carrier's loop; must return
/// quickly. `reflect` calls ring no handset.
public interface RingListener {

    /// Hears nothing.
    RingListener NONE = new RingListener() {
        @Override
        public void onRinging(String called, String caller) {}

        @Override
        public void onRingStopped(String called, String caller) {}
    };

    /// Tells both, in this order.
    static RingListener both(RingListener first, RingListener second) {
        return new RingListener() {
            @Override
            public void onRinging(String called, String caller) {
                first.onRinging(called, caller);
                second.onRinging(called, caller);
            }

            @Override
            public void onRingStopped(String called, String caller) {
                first.onRingStopped(called, caller);
                second.onRingStopped(called, caller);
            }
        };
    }

    /// The called number has begun to ring (a first 180 left); `caller` is the user part of From's URI.
    void onRinging(String called, String caller);

    /// It rings no more: cancelled, answered, declined or given up.
    void onRingStopped(String called, String caller);
}
