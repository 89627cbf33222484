/// Classes that break the architecture's rules, one clause each, so that the rules can be seen to work.
package io.flashcall.offender;
