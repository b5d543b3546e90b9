package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.SaslCondition;
import io.escalus4j.server.auth.SaslStep;
import java.util.concurrent.CompletionStage;

/** A syntax for SASL: that of RFC 6120 section 6.4 or that of XEP-0388. Confined to the event loop. */
interface SaslProfile {
    Element challenge(String base64);

    Element failure(SaslCondition condition);

    /** @param waiting the state that goes on if it comes to nothing after all */
    CompletionStage<State> succeeded(SaslStep.Success success, State waiting);
}
