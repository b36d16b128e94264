package dev.callqueue.examples.linkcheck;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes as people write it: {@code 4096}, {@code 512K}, {@code 16M}. */
final class SizeConverter implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})([KkMm])?");

    @Override
    public Integer convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            String unit = matcher.group(2);
            long factor = unit == null ? 1 : unit.equalsIgnoreCase("K") ? 1 << 10 : 1 << 20;
            long bytes = Long.parseLong(matcher.group(1)) * factor;
            if (bytes <= 1 << 30) {
                return (int) bytes;
            }
        }
        throw new TypeConversionException("not a size from 1 to 1024M, such as 512K: " + text);
    }
}
