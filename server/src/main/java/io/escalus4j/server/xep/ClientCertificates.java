package io.escalus4j.server.xep;

import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.module.Xep;

/** Lets the certificate of a client say who it is; what is asked of one is the TLS configuration's business. */
final class ClientCertificates implements Module {
    @Override
    public Xep xep() {
        return new Xep(178, "Best Practices for Use of SASL EXTERNAL with Certificates", "1.2");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.streamOption(StreamOption.EXTERNAL);
    }
}
