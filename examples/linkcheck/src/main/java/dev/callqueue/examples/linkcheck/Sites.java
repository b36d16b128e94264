package dev.callqueue.examples.linkcheck;

import dev.callqueue.examples.linkcheck.server.Faults;
import dev.callqueue.examples.linkcheck.server.Site;
import dev.callqueue.examples.linkcheck.server.SiteServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** The sites that are checked: URLs as they are, directories and jars behind servers that live as long as this. */
final class Sites implements Closeable {
    /** An input that is neither a site nor a URL; its message is for the user. */
    static final class NoSuchSiteException extends Exception {
        private static final long serialVersionUID = 1;

        NoSuchSiteException(String message) {
            super(message);
        }
    }

    private final Faults faults;
    private final List<Start> starts = new ArrayList<>();
    private final List<SiteServer> servers = new ArrayList<>();

    private Sites(Faults faults) {
        this.faults = faults;
    }

    /**
     * Makes all inputs accessible.
     *
     * @param inputs URLs, directories and jars; none for the default site
     * @param faults of the servers of directories and jars
     */
    static Sites open(List<String> inputs, Faults faults) throws IOException, NoSuchSiteException {
        Sites sites = new Sites(faults);
        try {
            if (inputs.isEmpty()) {
                sites.starts.add(sites.serve(DefaultSite.NAME, DefaultSite.jar()));
            }
            for (String input : inputs) {
                sites.starts.add(sites.start(input));
            }
            return sites;
        } catch (IOException | NoSuchSiteException | RuntimeException e) {
            sites.close();
            throw e;
        }
    }

    /** Where to begin. */
    List<Start> starts() {
        return List.copyOf(starts);
    }

    /** Whether an input is meant as a URL, right or wrong. */
    static boolean isUrl(String input) {
        return input.matches("(?is)[a-z][a-z0-9+.-]*:/.*");
    }

    @Override
    public void close() throws IOException {
        for (SiteServer server : servers) {
            server.close();
        }
    }

    private Start start(String input) throws IOException, NoSuchSiteException {
        if (isUrl(input)) {
            try {
                WebUrl url = WebUrl.parse(input);
                return new Start(input, url.origin(), url.toString());
            } catch (WebUrl.NotAUrlException e) {
                return new Start(input, "", input); // a broken link like any other: it belongs into the report
            }
        }
        return serve(input, existing(input));
    }

    private Start serve(String input, Path path) throws IOException, NoSuchSiteException {
        SiteServer server = SiteServer.start(site(path), faults);
        servers.add(server);
        return new Start(input, server.origin(), server.origin() + "/");
    }

    private static Path existing(String input) throws NoSuchSiteException {
        try {
            Path path = Path.of(input);
            if (Files.exists(path)) {
                return path.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // no more a path than one that is not there
        }
        throw new NoSuchSiteException(
                "no such directory or jar: " + input + " (a URL begins with http:// or https://)");
    }

    private static Site site(Path path) throws IOException, NoSuchSiteException {
        try {
            return Site.of(path);
        } catch (ZipException e) {
            throw new NoSuchSiteException("not a jar: " + path + ": " + e.getMessage());
        }
    }
}
