package dev.callqueue.examples.linkcheck;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the links of CSS, be it a file or part of a page. Has no state: any thread may use it. */
final class StyleSheet {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern REFERENCE = Pattern.compile(
            "(?i)\\burl\\(\\s*(?:\"([^\"]*)\"|'([^']*)'|([^'\")\\s]*))\\s*\\)|@import\\s+(?:\"([^\"]*)\"|'([^']*)')");

    private StyleSheet() {}

    /** The references as they stand there, each once, without those into the document itself. */
    static Set<String> references(String css) {
        Set<String> references = new LinkedHashSet<>();
        Matcher matcher = REFERENCE.matcher(COMMENT.matcher(css).replaceAll(" "));
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String reference = matcher.group(group);
                if (reference != null && !reference.isBlank() && !reference.startsWith("#")) {
                    references.add(reference);
                }
            }
        }
        return references;
    }

    /** The links of a CSS file, resolved against its own URL. */
    static List<Link> links(WebUrl url, String css) {
        return references(css).stream()
                .map(url::resolve)
                .filter(link -> !(link instanceof Link.Elsewhere))
                .distinct()
                .toList();
    }
}
