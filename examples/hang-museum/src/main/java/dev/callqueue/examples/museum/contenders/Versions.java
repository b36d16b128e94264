package dev.callqueue.examples.museum.contenders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which versions of the contenders the museum was built with. */
final class Versions {
    private Versions() {}

    static String of(String library) {
        var versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty(library);
    }

    static String ofJdk() {
        return "JDK " + Runtime.version().feature();
    }
}
