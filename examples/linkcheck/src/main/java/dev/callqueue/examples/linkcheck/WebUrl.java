package dev.callqueue.examples.linkcheck;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute {@code http} or {@code https} URL in normal form, and how references are resolved against it.
 *
 * <p>This follows the URL standard of browsers, not RFC 2396 as {@link java.net.URI} does: what people write in pages
 * (spaces, backslashes, brackets, letters of all alphabets) is mended in the same way before it is looked at. The
 * result is always accepted by {@link java.net.URI#create}.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host in lower case and port, the latter only if it is not the scheme's own
 * @param path begins with a slash; dot segments are resolved
 * @param query with its question mark, or the empty string
 */
record WebUrl(String scheme, String authority, String path, String query) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:.*@)?(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(?::([0-9]*))?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9._])?|\\[[0-9a-f:.]+]");

    /** Schemes of which a link checker knows that they exist, and no more; any other is taken for a slip of the pen. */
    private static final Set<String> NOT_WEB = Set.of(
            "about",
            "android-app",
            "apt",
            "bitcoin",
            "blob",
            "callto",
            "cid",
            "data",
            "dav",
            "dns",
            "doi",
            "ed2k",
            "facetime",
            "feed",
            "file",
            "ftp",
            "ftps",
            "geo",
            "git",
            "gopher",
            "im",
            "imap",
            "info",
            "intent",
            "irc",
            "irc6",
            "ircs",
            "itms",
            "itms-apps",
            "jabber",
            "jar",
            "javascript",
            "ldap",
            "ldaps",
            "magnet",
            "mailto",
            "market",
            "maps",
            "mid",
            "mms",
            "news",
            "nfs",
            "nntp",
            "obsidian",
            "pkcs11",
            "rsync",
            "rtsp",
            "sftp",
            "sip",
            "sips",
            "skype",
            "slack",
            "sms",
            "snews",
            "spotify",
            "ssh",
            "steam",
            "svn",
            "svn+ssh",
            "tel",
            "telnet",
            "tg",
            "urn",
            "view-source",
            "vnc",
            "vscode",
            "wais",
            "webcal",
            "whatsapp",
            "ws",
            "wss",
            "xmpp");

    private static final String UNSAFE_IN_PATH = "\"<>`{}|\\^[]#?";
    private static final String UNSAFE_IN_QUERY = "\"<>'`{}|\\^[]#";
    private static final String UNSAFE_IN_FRAGMENT = "\"<>`";

    /** What is wrong with a text that should have been a URL. */
    static final class NotAUrlException extends Exception {
        private static final long serialVersionUID = 1;

        NotAUrlException(String problem) {
            super(problem);
        }
    }

    /**
     * Reads an absolute URL.
     *
     * @throws NotAUrlException if it is none, or not one of the web
     */
    static WebUrl parse(String text) throws NotAUrlException {
        String clean = withoutFragment(clean(text));
        Matcher matcher = SCHEME.matcher(clean);
        if (!matcher.matches()) {
            throw new NotAUrlException("not a URL: no scheme");
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        if (!isWeb(scheme)) {
            throw new NotAUrlException("not a URL of the web: " + scheme);
        }
        return absolute(scheme, matcher.group(2));
    }

    /** Resolves the text of a reference, as it stands in a page whose base is this URL. */
    Link resolve(String reference) {
        String clean = clean(reference);
        String target = withoutFragment(clean);
        String fragment = clean.length() > target.length() ? clean.substring(target.length() + 1) : "";
        Matcher matcher = SCHEME.matcher(target);
        try {
            if (!matcher.matches()) {
                return web(relative(target), fragment);
            }
            String named = matcher.group(1).toLowerCase(Locale.ROOT);
            if (isWeb(named)) {
                boolean isRelative = named.equals(scheme) && !matcher.group(2).startsWith("/");
                return web(isRelative ? relative(matcher.group(2)) : absolute(named, matcher.group(2)), fragment);
            }
            return NOT_WEB.contains(named)
                    ? new Link.Elsewhere(named)
                    : new Link.Malformed(clean, "not a URL: unknown scheme " + named);
        } catch (NotAUrlException e) {
            return new Link.Malformed(clean, String.valueOf(e.getMessage()));
        }
    }

    /** Scheme, host and port: what a site is told by. */
    String origin() {
        return scheme + "://" + authority;
    }

    @Override
    public String toString() {
        return origin() + path + query;
    }

    private static Link web(WebUrl url, String fragment) {
        return new Link.Web(url.toString(), Percent.encode(fragment, UNSAFE_IN_FRAGMENT));
    }

    private static boolean isWeb(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** Leaves out what browsers ignore: white space around the text, line ends and tabs within. */
    private static String clean(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (from < to && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to).replace("\t", "").replace("\n", "").replace("\r", "");
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static WebUrl absolute(String scheme, String rest) throws NotAUrlException {
        String question = queryOf(rest);
        String hierarchy = rest.substring(0, rest.length() - question.length()).replace('\\', '/');
        int start = 0;
        while (start < hierarchy.length() && hierarchy.charAt(start) == '/') {
            start++;
        }
        int slash = hierarchy.indexOf('/', start);
        String authority = slash < 0 ? hierarchy.substring(start) : hierarchy.substring(start, slash);
        String path = slash < 0 ? "/" : hierarchy.substring(slash);
        return new WebUrl(scheme, authority(scheme, authority), path(path), query(question));
    }

    private WebUrl relative(String target) throws NotAUrlException {
        String question = queryOf(target);
        String hierarchy =
                target.substring(0, target.length() - question.length()).replace('\\', '/');
        if (hierarchy.startsWith("//")) {
            return absolute(scheme, hierarchy + question);
        }
        if (hierarchy.isEmpty()) {
            return new WebUrl(scheme, authority, path, question.isEmpty() ? query : query(question));
        }
        String whole = hierarchy.startsWith("/") ? hierarchy : path.substring(0, path.lastIndexOf('/') + 1) + hierarchy;
        return new WebUrl(scheme, authority, path(whole), query(question));
    }

    private static String queryOf(String text) {
        int question = text.indexOf('?');
        return question < 0 ? "" : text.substring(question);
    }

    private static String query(String query) {
        return Percent.encode(query, UNSAFE_IN_QUERY);
    }

    /** Encodes a path and resolves its dot segments; one dot too many stays at the root. */
    private static String path(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i].replace("%2e", ".").replace("%2E", ".");
            boolean isLast = i == segments.length - 1;
            if (segment.equals("..")) {
                if (!kept.isEmpty()) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!segment.equals(".")) {
                kept.add(Percent.encode(segments[i], UNSAFE_IN_PATH));
                continue;
            }
            if (isLast) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    private static String authority(String scheme, String text) throws NotAUrlException {
        Matcher matcher = AUTHORITY.matcher(text);
        if (!matcher.matches()) {
            throw new NotAUrlException(text.isEmpty() ? "not a URL: no host" : "not a URL: host " + text);
        }
        String host = host(matcher.group(1));
        String port = matcher.group(2);
        if (port == null || port.isEmpty()) {
            return host;
        }
        int number = port.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(port);
        if (number > 65_535) {
            throw new NotAUrlException("not a URL: port " + port);
        }
        return number == (scheme.equals("http") ? 80 : 443) ? host : host + ":" + number;
    }

    private static String host(String text) throws NotAUrlException {
        try {
            String decoded = Percent.decode(text);
            String host = (decoded.startsWith("[") ? decoded : IDN.toASCII(decoded)).toLowerCase(Locale.ROOT);
            if (HOST.matcher(host).matches()) {
                return host;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the same answer
        }
        throw new NotAUrlException("not a URL: host " + text);
    }
}
