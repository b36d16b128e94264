package dev.callqueue.examples.linkcheck.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A site in a directory. What lies outside the directory is not served, not even through {@code ..}. */
final class DirectorySite implements Site {
    private final Path root;

    DirectorySite(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<Content> open(String path) throws IOException {
        Path file = resolve(path);
        return file != null && Files.isRegularFile(file) && Files.isReadable(file)
                ? Optional.of(new Content(Files.newInputStream(file), Files.size(file)))
                : Optional.empty();
    }

    @Override
    public boolean isDirectory(String path) {
        Path directory = resolve(path);
        return directory != null && Files.isDirectory(directory);
    }

    @Override
    public void close() {}

    private @Nullable Path resolve(String path) {
        try {
            Path file = root.resolve(path).normalize();
            return file.startsWith(root) ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
