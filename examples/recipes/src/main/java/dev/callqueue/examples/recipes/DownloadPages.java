package dev.callqueue.examples.recipes;

import dev.callqueue.CallQueue;
import dev.callqueue.Harvest;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first program of the recipe: three threads work off six downloads, which are harvested as they end, while the main
 * thread goes on with work of its own. Here that is looking for prime numbers.
 */
public final class DownloadPages {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Primes primes = new Primes();
    private final PrintStream out;

    DownloadPages(PrintStream out) {
        this.out = out;
    }

    /** Downloads the pages of a slow site. */
    public static void main(String[] args) throws IOException {
        try (SlowSite site = SlowSite.start()) {
            new DownloadPages(System.out).download(site.addresses());
        }
    }

    /** Downloads the pages and returns their sizes, in the order in which they came. */
    Map<URI, Integer> download(List<URI> pages) {
        Map<URI, Integer> sizes = new LinkedHashMap<>();
        long began = System.nanoTime();
        try (CallQueue downloads = CallQueue.withConsumers(3)) {
            Harvest<URI, Integer> harvest = downloads.harvest(pages, this::size);
            while (!harvest.isDone()) {
                for (var page : harvest.next()) {
                    sizes.put(page.input(), page.result());
                    out.printf(
                            "%4d ms  %-22s %,7d bytes   (%d of %d)%n",
                            (System.nanoTime() - began) / 1_000_000,
                            page.input().getPath(),
                            page.result(),
                            sizes.size(),
                            harvest.submitted());
                }
                primes.lookFurther();
            }
        }
        out.printf("done; meanwhile the main thread has found %,d primes%n", primes.found());
        return sizes;
    }

    /** Runs on one of the three threads; what it throws comes out of {@code page.result()} as it is. */
    private int size(URI page) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    /** How many primes the main thread found while it waited for nobody. */
    int primesFound() {
        return primes.found();
    }

    /** Work that comes in small pieces. */
    private static final class Primes {
        private static final int PIECE = 1_000;

        private int next = 2;
        private int found;

        void lookFurther() {
            for (int end = next + PIECE; next < end; next++) {
                if (isPrime(next)) {
                    found++;
                }
            }
        }

        private static boolean isPrime(int number) {
            for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
                if (number % divisor == 0) {
                    return false;
                }
            }
            return true;
        }

        int found() {
            return found;
        }
    }
}
