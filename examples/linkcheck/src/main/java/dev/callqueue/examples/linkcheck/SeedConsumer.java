package dev.callqueue.examples.linkcheck;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes the word behind an option as its seed only if it is a number: anything else may well be a site. */
final class SeedConsumer implements IParameterConsumer {
    private static final long DEFAULT = 1;

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        boolean isSeed = !words.isEmpty() && words.peek().matches("\\d{1,18}");
        option.setValue(isSeed ? Long.valueOf(words.pop()) : Long.valueOf(DEFAULT));
    }
}
