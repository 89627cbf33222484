package io.flashcall.server.config;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// An email address, and perhaps the name beside it: what stands in From.
///
/// @param address ASCII alone; the domain of `user@bücher.example` is `xn--bcher-kva.example`
/// @param name    shown instead of the address; may be empty
public record Mailbox(String address, String name) {

    static final String EXPECTED = "an address such as no-reply@shop.example, or Name <no-reply@shop.example>";

    /// What RFC 5321 §4.1.2 allows without quotes. Nothing in it can end a header or a command.
    private static final Pattern LOCAL =
            Pattern.compile("(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{3,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])");

    private static final Pattern NAMED = Pattern.compile("\"?([^\"<>\\p{Cntrl}]*?)\"?\\s*<([^<>\\s]+)>");
    private static final int LONGEST = 254;

    /// @throws IllegalArgumentException without the text, when it is neither form
    public static Mailbox parse(String text) {
        var named = NAMED.matcher(text.strip());
        return named.matches()
                ? new Mailbox(ascii(named.group(2)), named.group(1).strip())
                : new Mailbox(ascii(text.strip()), "");
    }

    /// An address as mail servers take it: its domain in ASCII (RFC 5890).
    ///
    /// @throws IllegalArgumentException without the address, when it is none that can be written without quotes
    public static String ascii(String address) {
        int at = address.lastIndexOf('@');
        var local = address.substring(0, Math.max(at, 0));
        var domain = at < 0 ? "" : domain(address.substring(at + 1));
        if (!LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()
                || local.length() + domain.length() >= LONGEST) {
            throw new IllegalArgumentException("no email address");
        }
        return local + "@" + domain;
    }

    /// What stands behind the `@`.
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static String domain(String text) {
        try {
            return IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return name.isEmpty() ? address : name + " <" + address + ">";
    }
}
