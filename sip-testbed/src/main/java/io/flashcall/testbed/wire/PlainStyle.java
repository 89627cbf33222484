package io.flashcall.testbed.wire;

/// Long header names, one blank after the colon, one line each.
public record PlainStyle() implements ResponseStyle {

    @Override
    public String write(SipResponse response) {
        StringBuilder out = new StringBuilder(640);
        out.append("SIP/2.0 ").append(response.status()).append(' ');
        out.append(response.phrase()).append("\r\n");
        for (SipResponse.Field field : response.fields()) {
            out.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        out.append("Content-Length: ").append(response.body().length()).append("\r\n\r\n");
        return out.append(response.body()).toString();
    }
}
