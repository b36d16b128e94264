package dev.callqueue.examples.museum;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how patient the watchers are: {@code 2}, {@code 2s}, {@code 500ms}. */
final class PatienceConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(ms|s)?");
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(1);

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("not a duration such as 2s or 500ms: " + text);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration patience = "ms".equals(matcher.group(2)) ? Duration.ofMillis(number) : Duration.ofSeconds(number);
        if (patience.compareTo(LEAST) < 0 || patience.compareTo(MOST) > 0) {
            throw new TypeConversionException("not from 100ms to 60s: " + text);
        }
        return patience;
    }
}
