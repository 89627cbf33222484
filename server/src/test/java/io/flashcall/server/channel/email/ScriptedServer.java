package io.flashcall.server.channel.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that misbehaves as it is told. To each command it gives the next of the answers that its script has
/// for that word, and then `250 ok`; `DATA` stands for the command, `.` for the end of a letter. The answer `hang up`
/// closes the connection, `silence` says nothing.
final class ScriptedServer implements AutoCloseable {

    static final String HANG_UP = "hang up";
    static final String SILENCE = "silence";

    private final ServerSocket server;
    private final Map<String, Queue<String>> script = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ScriptedServer() throws IOException {
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// From now on.
    ScriptedServer answering(String word, String... answers) {
        script.put(word, new ConcurrentLinkedQueue<>(List.of(answers)));
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    /// How often a command came.
    long heard(String word) {
        return heard.stream().filter(word::equals).count();
    }

    /// Ends every connection, as a server does with those that lie idle.
    void hangUp() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean going = say(client, next("greeting", "220 scripted"));
            boolean letter = false;
            for (var line = in.readLine(); going && line != null; line = in.readLine()) {
                if (letter && !line.equals(".")) {
                    continue;
                }
                var word = line.split(" ", 2)[0];
                heard.add(word);
                var answer = next(word, word.equals("DATA") ? "354 go on" : "250 ok");
                going = say(client, answer);
                letter = answer.startsWith("354");
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private String next(String word, String usual) {
        var answers = script.get(word);
        var next = answers == null ? null : answers.poll();
        return next == null ? usual : next;
    }

    private static boolean say(Socket client, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (!answer.equals(SILENCE)) {
            client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
