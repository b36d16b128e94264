package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says what a test wants it to say, down to the last byte. Each connection carries one request. */
final class TestServer implements Closeable {
    /** Writes an answer, status line and all. */
    interface Answer {
        void to(String path, Socket socket, OutputStream out) throws Exception;
    }

    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket listening;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Answer otherwise = answer(404, "", "");

    TestServer() throws IOException {
        listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Serves a page. */
    TestServer page(String path, String html) {
        return on(path, answer(200, "Content-Type: text/html; charset=utf-8\r\n", html));
    }

    /** Answers a path in a special way. */
    TestServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** Answers all other paths in a special way. */
    TestServer otherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    /** An ordinary answer; headers with their line ends. */
    static Answer answer(int status, String headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return (path, socket, out) -> {
            out.write(("HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n"
                            + headers + "\r\n")
                    .getBytes(ISO_8859_1));
            out.write(bytes);
        };
    }

    static Answer redirect(String location) {
        return answer(302, "Location: " + location + "\r\n", "");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** All requests so far, such as {@code GET /index.html}. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            PushbackInputStream bytes = new PushbackInputStream(socket.getInputStream());
            int first = bytes.read();
            if (first == TLS_HANDSHAKE) {
                answer(400, "", "").to("", socket, socket.getOutputStream());
                return;
            }
            bytes.unread(first);
            BufferedReader in = new BufferedReader(new InputStreamReader(bytes, ISO_8859_1));
            String request = in.readLine();
            if (request == null) {
                return;
            }
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // no test asks for headers
            }
            String[] words = request.split(" ");
            requests.add(words[0] + " " + words[1]);
            answers.getOrDefault(words[1], otherwise).to(words[1], socket, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (Exception e) {
            // the checker hung up: some tests are about just that
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "test server");
        thread.setDaemon(true);
        thread.start();
    }
}
