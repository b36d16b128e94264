package dev.callqueue.examples.linkcheck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, so that it can be killed. */
final class Program {
    private Program() {}

    /** Starts the program with a store in this directory. */
    static Process start(Path directory, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                LinkCheck.class.getName(),
                "--store",
                directory.resolve("store.sqlite").toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("err.txt").toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .start();
    }

    static String out(Path directory) throws IOException {
        return read(directory.resolve("out.txt"));
    }

    static String err(Path directory) throws IOException {
        return read(directory.resolve("err.txt"));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
