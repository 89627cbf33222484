/// Messages on the wire: views over received bytes, encoders from templates. Bytes in, bytes out.
@NullMarked
package io.flashcall.engine.sip;

import org.jspecify.annotations.NullMarked;
