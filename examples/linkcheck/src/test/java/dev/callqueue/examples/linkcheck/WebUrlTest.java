package dev.callqueue.examples.linkcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '$',
            value = {
                "b.html => http://h.example/d/b.html",
                "./b.html => http://h.example/d/b.html",
                "../b.html => http://h.example/b.html",
                "../../../b.html => http://h.example/b.html",
                "x/../y/./z => http://h.example/d/y/z",
                "x/.. => http://h.example/d/",
                "%2e%2E/b => http://h.example/b",
                "/ => http://h.example/",
                "?q=1&r=[2] => http://h.example/d/a.html?q=1&r=%5B2%5D",
                "$$ => http://h.example/d/a.html?old",
                "//other.example/x => http://other.example/x",
                "\\\\other.example\\x => http://other.example/x",
                "HTTP://H.Example:80/a => http://h.example/a",
                "https://h.example:443 => https://h.example/",
                "https:\\\\h.example/x => https://h.example/x",
                "http:c.html => http://h.example/d/c.html",
                "http://h.example:8080?q => http://h.example:8080/?q",
                "http://user:secret@h.example/ => http://h.example/",
                "a b.html => http://h.example/d/a%20b.html",
                "$  a.html\n$ => http://h.example/d/a.html",
                "a%20b%zz.html => http://h.example/d/a%20b%25zz.html",
                "{x}|[y]^`.html => http://h.example/d/%7Bx%7D%7C%5By%5D%5E%60.html",
                "grün.html => http://h.example/d/gr%C3%BCn.html",
                "http://bücher.example/ => http://xn--bcher-kva.example/",
                "http://[::1]:8080/x => http://[::1]:8080/x",
            })
    void resolvesReferencesAsBrowsersDo(String reference, String expected) throws Exception {
        Link link = base().resolve(reference);

        assertEquals(expected, assertInstanceOf(Link.Web.class, link).url());
        assertEquals(expected, URI.create(expected).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://a b/",
                "http://[1::2",
                "http://h:99999/",
                "http://h:x/",
                "htp://typo.example/",
                "c:\\x"
            })
    void tellsWhatIsNoUrl(String reference) throws Exception {
        Link.Malformed link = assertInstanceOf(Link.Malformed.class, base().resolve(reference));

        assertEquals("not a URL", link.problem().substring(0, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@b.example", "tel:+1", "javascript:void(0)", "data:text/plain,x", "JavaScript:x"})
    void leavesAloneWhatIsNotOfTheWeb(String reference) throws Exception {
        assertInstanceOf(Link.Elsewhere.class, base().resolve(reference));
    }

    @ParameterizedTest
    @CsvSource({"a#x, x", "a#, ''", "#x y, x%20y", "a#%C3%BC, %C3%BC", "a#f(int[]), f(int[])", "a?q#x?y#z, x?y#z"})
    void keepsTheFragmentAsThePageHasIt(String reference, String fragment) throws Exception {
        assertEquals(
                fragment,
                assertInstanceOf(Link.Web.class, base().resolve(reference)).fragment());
    }

    @Test
    void readsNoUrlWithoutScheme() {
        assertThrows(WebUrl.NotAUrlException.class, () -> WebUrl.parse("h.example/a"));
    }

    private static WebUrl base() throws WebUrl.NotAUrlException {
        return WebUrl.parse("http://h.example/d/a.html?old");
    }
}
