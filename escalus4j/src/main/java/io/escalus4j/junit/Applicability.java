package io.escalus4j.junit;

import io.escalus4j.ExpectedFailure;
import io.escalus4j.NotApplicable;
import io.escalus4j.ServerFeatures.Software;
import io.escalus4j.history.StoryResult;
import io.escalus4j.history.StoryResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Whether a story can be told on its server, and whether the server is expected to fail it. Immutable. */
record Applicability(ExtensionContext context) {

    // ---- features

    ConditionEvaluationResult condition() {
        List<String> required = required();
        if (required.isEmpty()) {
            return ConditionEvaluationResult.enabled("no feature is required");
        }
        Told told = Told.of(context);
        try {
            told.features().require(required.toArray(String[]::new));
            return ConditionEvaluationResult.enabled("the server offers what is required");
        } catch (NotApplicable reason) {
            told.run().add(skipped(told, reason.getMessage()));
            return ConditionEvaluationResult.disabled(reason.getMessage());
        }
    }

    private List<String> required() {
        return context.getTestMethod().isEmpty()
                ? List.of()
                : Annotations.all(context, RequiresFeature.class).stream()
                        .flatMap(required -> List.of(required.value()).stream())
                        .distinct()
                        .toList();
    }

    private StoryResult skipped(Told told, String reason) {
        return new StoryResult(
                context.getUniqueId(),
                told.story(),
                told.group(),
                Annotations.specs(context),
                Outcome.SKIPPED,
                Duration.ZERO,
                Optional.of(reason),
                Optional.empty());
    }

    // ---- expected failures

    /** The server is asked who it is only if somebody expects a failure of some server. */
    private Optional<ExpectedFailure> expected(Told told) {
        List<KnownIssue> issues = Annotations.all(context, KnownIssue.class);
        if (issues.isEmpty() && told.settings().expected().isEmpty()) {
            return Optional.empty();
        }
        Software software = told.features().software();
        String story = told.group() + '.' + told.story();
        return issues.stream()
                .filter(issue -> isOf(issue, software))
                .map(issue -> new ExpectedFailure(story, issue.section(), issue.reason(), issue.url()))
                .findFirst()
                .or(() -> told.expectedFailures().of(story));
    }

    private static boolean isOf(KnownIssue issue, Software software) {
        return software.name().toLowerCase(Locale.ROOT).equals(issue.server().toLowerCase(Locale.ROOT))
                && software.version().startsWith(issue.version());
    }

    /** @return what the end of a story means: what is expected is no failure, and its absence is one */
    Optional<Throwable> judged(Told told, Optional<Throwable> failure) {
        if (failure.filter(TestAbortedException.class::isInstance).isPresent()) {
            return failure;
        }
        Optional<ExpectedFailure> expected = expected(told);
        if (expected.isEmpty()) {
            return failure;
        }
        return Optional.of(failure.<Throwable>map(expected.get()::met)
                .orElseGet(
                        () -> expected.get().passed(told.features().software().toString())));
    }
}
