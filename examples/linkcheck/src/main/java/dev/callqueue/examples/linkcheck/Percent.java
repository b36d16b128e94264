package dev.callqueue.examples.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Percent-encoding as browsers do it: lenient in what it reads, strict in what it writes. */
final class Percent {
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /**
     * Encodes what must not stand in a URL as UTF-8: controls, the space, everything beyond ASCII and {@code unsafe}.
     * Escapes that are there already stay as they are; a percent sign that begins none is encoded itself.
     */
    static String encode(String text, String unsafe) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c <= ' ' || c >= 0x7F || unsafe.indexOf(c) >= 0 || (c == '%' && !isEscape(text, i))) {
                appendEscapes(encoded, c);
            } else {
                encoded.append((char) c);
            }
        }
        return encoded.toString();
    }

    /** Decodes all escapes as UTF-8; what is no escape stays as it is. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && isHex((char) bytes[i + 1]) && isHex((char) bytes[i + 2])) {
                decoded.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(UTF_8);
    }

    private static void appendEscapes(StringBuilder encoded, int codePoint) {
        for (byte b : Character.toString(codePoint).getBytes(UTF_8)) {
            encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
    }

    private static boolean isEscape(String text, int index) {
        return index + 2 < text.length() && isHex(text.charAt(index + 1)) && isHex(text.charAt(index + 2));
    }

    private static boolean isHex(char c) {
        return c < 0x7F && Character.digit(c, 16) >= 0;
    }
}
