package io.flashcall.engine.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate that we show when a peer asks for one, if we have one. It is shown whichever authorities
/// the peer names, so that the peer judges it and says what it finds wrong. Remembers who asked. Any thread.
final class ClientKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    private final @Nullable PrivateKey key;
    private final List<X509Certificate> chain;
    private final Set<SSLEngine> asked =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<SSLEngine, Boolean>()));

    /// @param chain our certificate, then its issuers; empty when there is no key
    ClientKey(@Nullable PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /// Whether the peer at the other end wanted to know who we are.
    boolean wasAskedOn(SSLEngine engine) {
        return asked.contains(engine);
    }

    List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        asked.add(engine);
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = choose(new String[] {keyType});
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.toArray(X509Certificate[]::new) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    private @Nullable String choose(String[] keyTypes) {
        return key != null && Arrays.asList(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
    }
}
