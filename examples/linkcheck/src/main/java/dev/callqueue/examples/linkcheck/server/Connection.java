package dev.callqueue.examples.linkcheck.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link SiteServer}: answers request after request until the other side has had enough. */
final class Connection {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int SLOW_PIECES = 8;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("xhtml", "application/xhtml+xml"),
            Map.entry("css", "text/css"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain"),
            Map.entry("pdf", "application/pdf"));

    private final Socket socket;
    private final Site site;
    private final Function<String, Faults.Plan> plans;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, Site site, Function<String, Faults.Plan> plans) throws IOException {
        this.socket = socket;
        this.site = site;
        this.plans = plans;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
    }

    /** Answers all requests of this connection. */
    void serve() throws IOException {
        String request = line();
        while (request != null && !request.isEmpty()) {
            while (!Optional.ofNullable(line()).orElse("").isEmpty()) {
                // headers do not change the answer, and neither GET nor HEAD has a body
            }
            String[] words = request.split(" ", -1);
            if (words.length != 3 || !(words[0].equals("GET") || words[0].equals("HEAD"))) {
                head(501, "text/plain", 0, "Connection: close\r\n");
                return;
            }
            if (!answer(words[0].equals("GET"), words[1])) {
                return;
            }
            request = line();
        }
    }

    /** Answers one request; false if the connection is of no use any more. */
    private boolean answer(boolean withBody, String address) throws IOException {
        Faults.Plan plan = plans.apply(address);
        switch (plan.fault()) {
            case ERROR -> {
                head(500, "text/plain", 0, "");
                return true;
            }
            case RESET -> {
                socket.setSoLinger(true, 0); // the close that follows sends a reset
                return false;
            }
            case STALL -> pause(plan.duration());
            case NONE, SLOW_BODY -> {}
        }
        file(withBody, address, plan);
        return true;
    }

    private void file(boolean withBody, String address, Faults.Plan plan) throws IOException {
        String path = decode(address.split("[?#]", 2)[0]).replaceFirst("^/+", "");
        if (!path.isEmpty() && !path.endsWith("/") && site.isDirectory(path)) {
            head(301, "text/plain", 0, "Location: /" + address.split("[?#]", 2)[0].replaceFirst("^/+", "") + "/\r\n");
            return;
        }
        String name = path.isEmpty() || path.endsWith("/") ? path + "index.html" : path;
        Optional<Site.Content> found = site.open(name);
        if (found.isEmpty()) {
            head(404, "text/plain", 0, "");
            return;
        }
        Site.Content content = found.get();
        try (InputStream stream = content.stream()) {
            writeHead(200, type(name), content.length(), "");
            if (withBody) {
                body(stream, content.length(), plan);
            }
            out.flush();
        }
    }

    private void body(InputStream stream, long length, Faults.Plan plan) throws IOException {
        if (plan.fault() != Fault.SLOW_BODY) {
            stream.transferTo(out);
            return;
        }
        int piece = (int) Math.min(Integer.MAX_VALUE, length / SLOW_PIECES + 1);
        byte[] bytes = stream.readNBytes(piece);
        while (bytes.length > 0) {
            out.write(bytes);
            out.flush();
            pause(plan.duration().dividedBy(SLOW_PIECES));
            bytes = stream.readNBytes(piece);
        }
    }

    private void head(int status, String type, long length, String more) throws IOException {
        writeHead(status, type, length, more);
        out.flush();
    }

    private void writeHead(int status, String type, long length, String more) throws IOException {
        String head =
                "HTTP/1.1 " + status + " \r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n" + more;
        out.write((head + "\r\n").getBytes(ISO_8859_1));
    }

    /** The next line without its end, or null at the end of the stream. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("line longer than " + LONGEST_LINE);
            }
        }
        return null;
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    /** A stall is what this server is asked for, not a wait for anything. */
    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
