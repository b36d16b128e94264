package dev.callqueue.examples.linkcheck;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What belongs to the site that is checked, what is only asked for, and what is left alone.
 *
 * @param origins scheme, host and port of each site
 * @param include of these sites only URLs with a match of this are parsed and followed
 * @param exclude links whose URL has a match of this are left alone
 * @param external whether links that lead out of the site are asked for
 * @param maxDepth pages more links away than this are asked for, but not parsed
 */
record Scope(
        Set<String> origins, Optional<Pattern> include, Optional<Pattern> exclude, boolean external, int maxDepth) {
    Scope {
        origins = Set.copyOf(origins);
    }

    /** What is to be done with a target that was found at this depth. */
    Target.Kind kindOf(String url, int depth) {
        if (exclude.isPresent() && exclude.get().matcher(url).find()) {
            return Target.Kind.SKIPPED;
        }
        if (isOfSite(url)) {
            if (!isIncluded(url)) {
                return Target.Kind.EDGE;
            }
            return depth <= maxDepth ? Target.Kind.SITE : Target.Kind.DEEP;
        }
        return external ? Target.Kind.EDGE : Target.Kind.SKIPPED;
    }

    /** The same scope with one more site in it. */
    Scope with(String origin) {
        Set<String> more = new HashSet<>(origins);
        more.add(origin);
        return new Scope(more, include, exclude, external, maxDepth);
    }

    private boolean isIncluded(String url) {
        return include.isEmpty() || include.get().matcher(url).find();
    }

    private boolean isOfSite(String url) {
        for (String origin : origins) {
            if (url.startsWith(origin) && url.startsWith("/", origin.length())) {
                return true;
            }
        }
        return false;
    }
}
