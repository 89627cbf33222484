package io.flashcall.testbed.peers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The connection to baresip's module `ctrl_tcp`: JSON objects in netstrings, commands to it, responses and
/// events from it. It has one client at a time.
///
/// Safe for use by several threads. A virtual thread reads, and calls the listener.
final class BaresipControl implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long ANSWER_MILLIS = 5000;
    private static final int MOST_BYTES = 1_000_000;

    private final Socket socket;
    private final Consumer<HandsetEvent> listener;
    private final List<HandsetEvent> events = new ArrayList<>();
    private final Map<String, JsonNode> responses = new HashMap<>();
    private int commands;

    private BaresipControl(Socket socket, Consumer<HandsetEvent> listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /// @throws IOException if nobody listens there yet
    static BaresipControl connect(int port, Consumer<HandsetEvent> listener) throws IOException {
        BaresipControl control = new BaresipControl(new Socket(InetAddress.ofLiteral("127.0.0.1"), port), listener);
        Thread.ofVirtual().name("baresip-" + port).start(control::read);
        return control;
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (byte[] next = netstring(in); next.length > 0; next = netstring(in)) {
                take(JSON.readTree(next));
            }
        } catch (IOException | JacksonException _) {
            // Closed, by us or with its process.
        }
    }

    /// The next, or nothing at the end of the stream.
    private static byte[] netstring(InputStream in) throws IOException {
        int length = 0;
        for (int next = in.read(); next != ':'; next = in.read()) {
            if (next < '0' || next > '9' || length > MOST_BYTES) {
                return new byte[0];
            }
            length = length * 10 + next - '0';
        }
        byte[] bytes = in.readNBytes(length);
        return in.read() == ',' ? bytes : new byte[0];
    }

    private void take(JsonNode object) {
        if (object.path("event").asBoolean(false)) {
            HandsetEvent event = HandsetEvent.of(object);
            synchronized (events) {
                events.add(event);
            }
            listener.accept(event);
        } else {
            synchronized (responses) {
                responses.put(object.path("token").asString(""), object);
                responses.notifyAll();
            }
        }
    }

    /// Everything so far, oldest first.
    List<HandsetEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /// Gives a command and waits for its answer.
    ///
    /// @return what it printed
    /// @throws IllegalStateException if it fails or is not answered within five seconds
    String command(String name, String parameters) {
        String token = token();
        Map<String, String> object = Map.of("command", name, "params", parameters, "token", token);
        byte[] json = JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (socket) {
                socket.getOutputStream().write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(json);
                socket.getOutputStream().write(',');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode response = response(name, token);
        if (!response.path("ok").asBoolean(false)) {
            throw new IllegalStateException("baresip refused " + name + ": " + response);
        }
        return response.path("data").asString("");
    }

    private String token() {
        synchronized (responses) {
            return Integer.toString(++commands);
        }
    }

    private JsonNode response(String name, String token) {
        long end = System.nanoTime() + ANSWER_MILLIS * 1_000_000;
        synchronized (responses) {
            while (!responses.containsKey(token)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException("baresip did not answer " + name + " within 5 s");
                }
                try {
                    responses.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while baresip did " + name, e);
                }
            }
            return responses.remove(token);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
