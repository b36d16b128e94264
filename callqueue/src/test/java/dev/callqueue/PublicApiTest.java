package dev.callqueue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the library shows to others, and what it uses of others. */
class PublicApiTest {
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(CallQueue.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void exactlyTheTypesOfTheContractArePublic() {
        Set<String> visible = LIBRARY.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .map(name -> name.substring("dev.callqueue.".length()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                new TreeSet<>(Set.of(
                        "Call",
                        "Call$Phase",
                        "CallDeadlockException",
                        "CallDepthException",
                        "CallException",
                        "CallInterruptedException",
                        "CallListener",
                        "CallQueue",
                        "CallQueue$Builder",
                        "CallReport",
                        "CallReport$Obstacle",
                        "CallReport$Queued",
                        "CallReport$Running",
                        "CallReport$ThreadPicture",
                        "CallTarget",
                        "CallTarget$Fn",
                        "CallTarget$Op",
                        "CallTarget$VoidOp",
                        "CallTimeoutException",
                        "Harvest",
                        "Harvest$Item",
                        "OwnerGoneException",
                        "QueueClosedException",
                        "QueueFullException",
                        "Raise",
                        "Waiting",
                        "WhenFull")),
                visible);
    }

    @Test
    void thereIsOnePackage() {
        classes()
                .should()
                .resideInAPackage("dev.callqueue")
                .because("package-private is the only wall that holds")
                .check(LIBRARY);
    }

    @Test
    void theLibraryNeedsNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.callqueue", "java..", "org.jspecify..")
                .because("a library that everything may use must not bring anything along")
                .check(LIBRARY);
    }

    @Test
    void theLibraryDoesNotPrint() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("what it has to say goes to exceptions, handlers and the logger")
                .check(LIBRARY);
    }

    @Test
    void theLibraryDoesNotSleep() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("who waits is parked and woken")
                .check(LIBRARY);
    }

    @Test
    void theLibraryReadsNoSettingsFromItsSurroundings() {
        noClasses()
                .should()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("a queue is what its builder says")
                .check(LIBRARY);
    }
}
