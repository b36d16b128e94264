package dev.callqueue.examples.linkcheck.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files to be served. Any number of threads may open files of one site at the same time. */
public interface Site extends Closeable {
    /**
     * A file to be served.
     *
     * @param length in bytes
     */
    record Content(InputStream stream, long length) {}

    /**
     * Opens a file.
     *
     * @param path relative to the root, decoded, without a slash in front
     * @return the file, or empty if there is no such file
     */
    Optional<Content> open(String path) throws IOException;

    /** Whether there is a directory of this name, given without the slash behind it. */
    boolean isDirectory(String path);

    /**
     * The site in a directory or in a jar.
     *
     * @throws IOException if the file is no jar
     */
    static Site of(Path path) throws IOException {
        return Files.isDirectory(path) ? new DirectorySite(path) : new JarSite(path);
    }
}
