package dev.callqueue.examples.linkcheck.server;

import dev.callqueue.CallQueue;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves one site on a free port of the loopback address, with keep-alive, and with the faults it is told to make.
 *
 * <p>Accepting is one call, each connection is another, and the consumers of a queue run them; they end with
 * {@link #close}.
 */
public final class SiteServer implements Closeable {
    /** More than a checker has consumers; a connection beyond them waits for its turn. */
    private static final int CONNECTIONS = 256;

    private final Site site;
    private final Faults faults;
    private final ServerSocket listening;
    private final CallQueue connections =
            CallQueue.builder().name("server").consumers(CONNECTIONS).build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    private SiteServer(Site site, Faults faults) throws IOException {
        this.site = site;
        this.faults = faults;
        this.listening = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
    }

    /** Starts to serve a site, which the server closes when it is closed itself. */
    public static SiteServer start(Site site, Faults faults) throws IOException {
        SiteServer server = new SiteServer(site, faults);
        server.connections.execute(server::accept);
        return server;
    }

    /** Where the site is to be found: scheme, host and port. */
    public String origin() {
        return "http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        connections.closeNow();
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        site.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.execute(() -> serve(socket));
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        open.add(socket);
        try (socket) {
            new Connection(socket, site, this::planFor).serve();
        } catch (IOException e) {
            // the other side hung up, or this side was closed: in either case there is nobody to tell
        } finally {
            open.remove(socket);
        }
    }

    private Faults.Plan planFor(String path) {
        return faults.plan(path, attempts.merge(path, 1, Integer::sum));
    }
}
