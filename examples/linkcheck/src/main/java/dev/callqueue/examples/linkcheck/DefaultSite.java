package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/**
 * The site that is checked when none is given: the Javadoc of Apache Commons Math, which the build puts on the class
 * path.
 */
final class DefaultSite {
    /** How it is called in reports. */
    static final String NAME = "Javadoc of Apache Commons Math";

    private static final String PAGE = "org/apache/commons/math3/package-summary.html";

    private DefaultSite() {}

    /** The jar with the site. */
    static Path jar() throws IOException {
        URL page = DefaultSite.class.getClassLoader().getResource(PAGE);
        if (page == null || !(page.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("the default site is not on the class path");
        }
        try {
            return Path.of(jar.getJarFileURL().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the default site is at no usable place: " + jar.getJarFileURL(), e);
        }
    }
}
