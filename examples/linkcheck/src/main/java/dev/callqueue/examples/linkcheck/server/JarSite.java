package dev.callqueue.examples.linkcheck.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A site in a jar, as build tools publish documentation. */
final class JarSite implements Site {
    private final ZipFile jar;
    private final Set<String> directories = new HashSet<>();

    JarSite(Path file) throws IOException {
        jar = new ZipFile(file.toFile());
        directories.add("");
        jar.stream().map(ZipEntry::getName).forEach(this::addDirectoriesOf);
    }

    @Override
    public Optional<Content> open(String path) throws IOException {
        ZipEntry entry = jar.getEntry(path);
        return entry == null || entry.isDirectory()
                ? Optional.empty()
                : Optional.of(new Content(jar.getInputStream(entry), entry.getSize()));
    }

    @Override
    public boolean isDirectory(String path) {
        return directories.contains(path);
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    /** Jars need not have entries for directories, so that only the names of files tell them for sure. */
    private void addDirectoriesOf(String name) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            directories.add(name.substring(0, slash));
        }
    }
}
