package dev.callqueue.examples.linkcheck;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Reads the links and anchors of an HTML page. Has no state: any thread may parse any number of pages. */
final class PageParser {
    private static final Pattern CHARSET = Pattern.compile("(?i)\\bcharset\\s*=\\s*[\"']?([^\\s;\"']+)");
    private static final Pattern REFRESH =
            Pattern.compile("(?i)^[\\s\\d.]*[;,\\s]\\s*(?:url\\s*=\\s*)?[\"']?([^\"']+)");

    private PageParser() {}

    /**
     * Parses a page.
     *
     * @param contentType the header of the answer, which may name an encoding
     */
    static Page parse(WebUrl url, byte[] body, String contentType) {
        List<String> warnings = new ArrayList<>();
        Document document = read(body, charsetOf(contentType, warnings));
        if (warnings.isEmpty() && !isWellEncoded(body, document.charset())) {
            warnings.add("encoding: not valid " + document.charset().name());
        }
        return new Collector(baseOf(document, url))
                .collect(document, warnings.stream().findFirst());
    }

    private static Document read(byte[] body, @Nullable Charset charset) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(body), charset == null ? null : charset.name(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Charset charsetOf(String contentType, List<String> warnings) {
        Matcher matcher = CHARSET.matcher(contentType);
        if (!matcher.find()) {
            return null;
        }
        try {
            return Charset.forName(matcher.group(1));
        } catch (IllegalArgumentException e) { // illegal name, or unknown
            warnings.add("encoding: unknown charset " + matcher.group(1));
            return null;
        }
    }

    private static boolean isWellEncoded(byte[] body, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static WebUrl baseOf(Document document, WebUrl url) {
        Element base = document.selectFirst("base[href]");
        if (base != null && url.resolve(base.attr("href")) instanceof Link.Web web) {
            try {
                return WebUrl.parse(web.url());
            } catch (WebUrl.NotAUrlException e) {
                return url;
            }
        }
        return url;
    }

    /** Goes through one document once and collects. */
    private static final class Collector {
        private final WebUrl base;
        /** As they stand in the page; most pages have most links several times. */
        private final Set<String> references = new LinkedHashSet<>();

        private final Set<String> anchors = new LinkedHashSet<>();

        Collector(WebUrl base) {
            this.base = base;
        }

        Page collect(Document document, Optional<String> warning) {
            document.stream().forEach(this::element);
            List<Link> links = references.stream()
                    .map(base::resolve)
                    .filter(link -> !(link instanceof Link.Elsewhere))
                    .distinct()
                    .toList();
            return new Page(links, anchors, warning);
        }

        private void element(Element element) {
            if (element.hasAttr("id")) {
                anchors.add(element.id());
            }
            if (element.hasAttr("style")) {
                references.addAll(StyleSheet.references(element.attr("style")));
            }
            switch (element.normalName()) {
                case "a" -> {
                    if (element.hasAttr("name")) {
                        anchors.add(element.attr("name"));
                    }
                    link(element, "href");
                }
                case "area" -> link(element, "href");
                case "link" -> {
                    if (!isHint(element.attr("rel"))) {
                        link(element, "href");
                        sourceSet(element, "imagesrcset");
                    }
                }
                case "img", "source" -> {
                    embedded(element, "src");
                    sourceSet(element, "srcset");
                }
                case "video" -> {
                    embedded(element, "src");
                    embedded(element, "poster");
                }
                case "script", "iframe", "frame", "audio", "track", "embed" -> embedded(element, "src");
                case "input" -> {
                    if (element.attr("type").equalsIgnoreCase("image")) {
                        embedded(element, "src");
                    }
                }
                case "object" -> embedded(element, "data");
                case "style" -> references.addAll(StyleSheet.references(element.data()));
                case "meta" -> {
                    if (element.attr("http-equiv").equalsIgnoreCase("refresh")) {
                        refresh(element.attr("content"));
                    }
                }
                default -> {}
            }
        }

        /** Such links name a host to talk to soon, not a document. */
        private static boolean isHint(String rel) {
            return rel.equalsIgnoreCase("preconnect") || rel.equalsIgnoreCase("dns-prefetch");
        }

        private void link(Element element, String attribute) {
            if (element.hasAttr(attribute)) {
                references.add(element.attr(attribute));
            }
        }

        /** Empty, such an attribute asks for nothing; elsewhere an empty link means the page itself. */
        private void embedded(Element element, String attribute) {
            if (!element.attr(attribute).isBlank()) {
                references.add(element.attr(attribute));
            }
        }

        /** A list of URLs, each with an optional size behind it; a URL may contain commas, but not end with one. */
        private void sourceSet(Element element, String attribute) {
            String list = element.attr(attribute);
            int i = 0;
            while (i < list.length()) {
                int start = i;
                while (start < list.length() && (list.charAt(start) == ',' || isSpace(list.charAt(start)))) {
                    start++;
                }
                int end = start;
                while (end < list.length() && !isSpace(list.charAt(end))) {
                    end++;
                }
                String url = list.substring(start, end);
                boolean isWhole = url.endsWith(",");
                url = url.replaceFirst(",+$", "");
                if (!url.isEmpty()) {
                    references.add(url);
                }
                i = isWhole ? end : afterSize(list, end);
            }
        }

        private static int afterSize(String list, int from) {
            int comma = list.indexOf(',', from);
            return comma < 0 ? list.length() : comma + 1;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
        }

        private void refresh(String content) {
            Matcher matcher = REFRESH.matcher(content);
            if (matcher.find()) {
                references.add(matcher.group(1));
            }
        }
    }
}
