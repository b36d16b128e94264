package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where results are kept if the user names no file: in the user's cache directory, a file for each choice of sites. */
final class StoreFile {
    private static final int LONGEST_NAME = 60;

    private StoreFile() {}

    /** The file for these sites, in a directory that exists. */
    static Path forInputs(List<String> inputs) throws IOException {
        Path directory = Path.of(System.getProperty("user.home"), ".cache", "linkcheck");
        Files.createDirectories(directory);
        if (inputs.isEmpty()) {
            return directory.resolve("default.sqlite");
        }
        String whole = inputs.stream()
                .map(input -> Sites.isUrl(input)
                        ? input
                        : Path.of(input).toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(" "));
        String name = whole.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String end = name.substring(Math.max(0, name.length() - LONGEST_NAME));
        return directory.resolve(end + "-" + Integer.toHexString(whole.hashCode()) + ".sqlite");
    }
}
