package io.flashcall.engine.simulation;

import java.net.InetSocketAddress;

/// What travels. The text is the bytes, one character each.
record Datagram(String text, InetSocketAddress from, InetSocketAddress to) {}
