package io.flashcall.server.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How the receipts of a provider are read, and how it shows that they are its own. What it sends, JSON, a form or a
/// query, is read as one tree: a form's field `MessageSid` is at `/MessageSid`.
///
/// @param fields where things stand
/// @param states what its words mean
/// @param proofs each of them must be there; at least one
/// @param challenge the word that a provider says when it asks, by GET, whether we are the right one; empty: none asks
/// @param url    of our endpoint, as the provider knows it; empty: not known
public record ReceiptRule(
        Fields fields, States states, List<Proof> proofs, Optional<String> challenge, Optional<String> url) {

    public ReceiptRule {
        proofs = List.copyOf(proofs);
    }

    /// Without the URL, which may end in a secret, and without the word.
    @Override
    public String toString() {
        return "ReceiptRule[" + fields + ", " + states + ", " + proofs + "]";
    }

    /// Paths are JSON pointers.
    ///
    /// @param items     where receipts stand, when several may come at once; `*` is each item of a list; empty: the
    ///                  whole is one, or a list of them
    /// @param id        the provider's id of the message, within an item
    /// @param reference our own name of it, which the request gave
    /// @param status    the word that says what became of it
    /// @param detail    more about it, for the timeline
    public record Fields(
            Optional<String> items,
            Optional<String> id,
            Optional<String> reference,
            String status,
            Optional<String> detail) {}

    /// Words in lower case; a status that is in none of them says nothing new.
    public record States(Set<String> delivered, Set<String> failed, Set<String> unknown) {

        public States {
            delivered = Set.copyOf(delivered);
            failed = Set.copyOf(failed);
            unknown = Set.copyOf(unknown);
        }
    }

    /// How a receipt shows that it is the provider's. None prints what it compares with.
    public sealed interface Proof {

        /// A keyed hash over the body.
        ///
        /// @param algorithm of Java, such as `HmacSHA256`
        /// @param prefix    before the hash in the header, such as `sha256=`
        /// @param base64    else it is in hexadecimal digits
        record Signed(String algorithm, String header, String prefix, boolean base64, String secret) implements Proof {

            @Override
            public String toString() {
                return "Signed[" + header + "]";
            }
        }

        /// Twilio's: a keyed hash over the URL and the sorted fields of the form, in `X-Twilio-Signature`.
        record UrlSigned(String secret) implements Proof {

            @Override
            public String toString() {
                return "UrlSigned[]";
            }
        }

        /// Vonage's: a JWT (RFC 7519) signed with HS256, whose `payload_hash` is that of the body.
        record Token(String secret) implements Proof {

            @Override
            public String toString() {
                return "Token[]";
            }
        }

        /// `Authorization` as it must be: a bearer token, or user and password.
        record Login(String authorization) implements Proof {

            @Override
            public String toString() {
                return "Login[]";
            }
        }

        /// The last part of the URL, which nobody else knows.
        record SecretPath(String token) implements Proof {

            @Override
            public String toString() {
                return "SecretPath[]";
            }
        }
    }
}
