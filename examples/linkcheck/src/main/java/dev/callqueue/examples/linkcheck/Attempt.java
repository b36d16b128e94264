package dev.callqueue.examples.linkcheck;

/**
 * A look to be taken at a target.
 *
 * @param number 1 for the first look
 */
record Attempt(Target target, int number) {
    boolean isOfSite() {
        return target.kind() == Target.Kind.SITE;
    }

    Attempt again() {
        return new Attempt(target, number + 1);
    }
}
