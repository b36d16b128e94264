package dev.callqueue.examples.museum;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was found in one run: by every contender in every trap. */
final class Exhibition {
    private final List<Contender> contenders;
    private final List<Trap> traps;
    private final Duration patience;
    private final Map<Trap, Map<Contender, Finding>> findings = new ConcurrentHashMap<>();

    Exhibition(List<Contender> contenders, List<Trap> traps, Duration patience) {
        this.contenders = List.copyOf(contenders);
        this.traps = List.copyOf(traps);
        this.patience = patience;
    }

    /** Adds what was found; several threads may. */
    void add(Trap trap, Contender contender, Finding finding) {
        findings.computeIfAbsent(trap, unseen -> new ConcurrentHashMap<>()).put(contender, finding);
    }

    List<Contender> contenders() {
        return contenders;
    }

    List<Trap> traps() {
        return traps;
    }

    /** How long a caller had to wait, with nothing left to wait for, to be called hung. */
    Duration patience() {
        return patience;
    }

    Finding finding(Trap trap, Contender contender) {
        return requireNonNull(requireNonNull(findings.get(trap)).get(contender));
    }

    /** Whether the contenders of this name hung nowhere and got nothing wrong. */
    boolean isUnhurt(String name) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name))
                .flatMap(contender -> traps.stream().map(trap -> finding(trap, contender)))
                .noneMatch(finding -> finding.verdict().hurts());
    }
}
