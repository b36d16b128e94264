package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a href='x'>x</a> | x",
                "<map><area href='x'></map> | x",
                "<link rel='stylesheet' href='x'> | x",
                "<link rel='preconnect' href='x'> | ``",
                "<img src='x'> | x",
                "<img srcset='x 1x, y 2x, z'> | x y z",
                "<img srcset='a,b.png 100w,c.png 200w'> | a,b.png c.png",
                "<picture><source srcset='x'></picture> | x",
                "<script src='x'></script> | x",
                "<iframe src='x'></iframe> | x",
                "<video src='x' poster='y'><source src='z'><track src='t'></video> | x y z t",
                "<audio src='x'></audio> | x",
                "<object data='x'></object> | x",
                "<embed src='x'> | x",
                "<input type='image' src='x'> | x",
                "<meta http-equiv='Refresh' content='3; URL=x'> | x",
                "<p style='background: url(x)'> | x",
                "<style>a { background: url(\"x\") } /* url(y) */</style> | x",
                "<form action='x'></form> | ``",
                "<img src=''> | ``",
                "<a href='mailto:a@b.example'>m</a><a href='tel:1'>t</a> | ``",
                "<a href='x'>1</a><a href='x'>2</a><a href='./x'>3</a> | x",
                "<base href='/q/'><a href='x'>x</a> | /q/x",
            })
    void findsEachLinkOnce(String html, String expected) throws Exception {
        List<String> links = parse(html, "text/html").links().stream()
                .map(link -> ((Link.Web) link)
                        .url()
                        .replace("http://h.example/d/", "")
                        .replace("http://h.example", ""))
                .toList();

        assertThat(String.join(" ", links)).isEqualTo(expected);
    }

    @Test
    void findsFramesAndAnchors() throws Exception {
        Page frames = parse("<frameset><frame src='x'></frameset>", "text/html");
        Page anchors = parse("<p id='a b'><a name='c'></a><b name='no'>", "text/html");

        assertThat(frames.links()).containsExactly(new Link.Web("http://h.example/d/x", ""));
        assertThat(anchors.anchors()).containsExactlyInAnyOrder("a b", "c");
    }

    @Test
    void readsTheEncodingThatHeaderOrPageName() throws Exception {
        assertThat(anchor("<p id='ü'>", ISO_8859_1, "text/html; charset=iso-8859-1"))
                .isEqualTo("ü");
        assertThat(anchor("<meta charset='iso-8859-1'><p id='ü'>", ISO_8859_1, "text/html"))
                .isEqualTo("ü");
        assertThat(anchor("\uFEFF<p id='ü'>", UTF_8, "text/html")).isEqualTo("ü");
    }

    @Test
    void warnsOfABrokenEncodingAndReadsOn() throws Exception {
        Page broken = parse("<p>ü<a href='x'>x</a>".getBytes(ISO_8859_1), "text/html; charset=utf-8");
        Page unknown = parse("<a href='x'>x</a>", "text/html; charset=klingon");

        assertThat(broken.warning()).contains("encoding: not valid UTF-8");
        assertThat(unknown.warning()).contains("encoding: unknown charset klingon");
        assertThat(broken.links()).hasSize(1).isEqualTo(unknown.links());
    }

    private static String anchor(String html, Charset charset, String contentType) throws Exception {
        return parse(html.getBytes(charset), contentType).anchors().iterator().next();
    }

    private static Page parse(String html, String contentType) throws Exception {
        return parse(html.getBytes(UTF_8), contentType);
    }

    private static Page parse(byte[] html, String contentType) throws Exception {
        return PageParser.parse(WebUrl.parse("http://h.example/d/a.html"), html, contentType);
    }
}
