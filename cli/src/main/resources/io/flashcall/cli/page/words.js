// How things are said.

const CHANNELS = {flash_call: 'flash call', sms: 'SMS', email: 'email'};

const REASONS = {
  busy: 'the line is busy',
  unavailable: 'the phone is switched off',
  answered: 'something answered before it rang',
  blocked: 'the carrier forbids such calls',
  blocked_by_analytics: 'the network blocks such calls',
  unwanted: 'the callee wants no such calls',
  time_up: 'no code was entered in time',
  no_ringing: 'it never rang',
  undeliverable: 'no way led to this phone',
  too_many_checks: 'too many wrong codes',
};

const EVENTS = {
  'verification.started': ['dot', 'Verification started', 'plain'],
  'verification.verified': ['check', 'Number verified', 'good'],
  'verification.failed': ['cross', 'Verification failed', 'bad'],
  'verification.expired': ['clock', 'Verification expired', 'bad'],
  'verification.canceled': ['cross', 'Verification canceled', 'plain'],
  'call.ringing': ['call', 'The phone rings', 'accent'],
  'call.delivered': ['missed', 'Missed call left on the phone', 'accent'],
  'call.failed': ['cross', 'The call did not get through', 'warn'],
  'call.ended': ['decline', 'The call was hung up', 'plain'],
  'channel.fallback': ['next', 'On to the next channel', 'warn'],
  'channel.unavailable': ['cross', 'A channel is not available', 'warn'],
  'attempt.started': ['dot', 'Attempt started', 'plain'],
  'message.accepted': ['message', 'The provider took the message', 'accent'],
  'message.refused': ['cross', 'The provider refused the message', 'warn'],
  'message.delivered': ['check', 'The message was delivered', 'good'],
  'message.failed': ['cross', 'The message was not delivered', 'warn'],
  'check.wrong': ['cross', 'A wrong code was entered', 'warn'],
};

export function channelName(channel) {
  return CHANNELS[channel] ?? channel;
}

export function reason(text) {
  return REASONS[text] ?? text.replaceAll('_', ' ');
}

/** @returns [icon, sentence, tone] */
export function event(type, details) {
  const [icon, sentence, tone] = EVENTS[type] ?? ['dot', type, 'plain'];
  switch (type) {
    case 'attempt.started':
      return [icon, `Trying ${details.channel === 'flash_call' ? 'a' : 'an'} ${channelName(details.channel)}`, tone];
    case 'channel.fallback':
      return [icon, `${capital(channelName(details.from))} gives way to ${channelName(details.to)}`, tone];
    default:
      return [icon, sentence, tone];
  }
}

/** What is worth a line beneath an event. */
export function details(type, told) {
  const parts = [];
  if (told.reason) {
    parts.push(reason(told.reason));
  }
  if (told.outcome && !type.startsWith('channel.')) {
    parts.push(told.detail ? `${reason(told.outcome)} (${told.detail})` : reason(told.outcome));
  }
  if (told.checks_left !== undefined) {
    parts.push(attemptsLeft(Number(told.checks_left)));
  }
  if (told.trunk) {
    parts.push(`trunk ${told.trunk}`);
  }
  return parts.join(', ');
}

export function attemptsLeft(count) {
  return count === 1 ? '1 attempt left' : `${count} attempts left`;
}

/** +442079460136 as people write it: what is not London's goes in threes. */
export function number(digits) {
  const london = /^\+4420(\d{4})(\d*)$/.exec(digits);
  if (london) {
    return `+44 20 ${london[1]} ${london[2]}`.trimEnd();
  }
  const parts = /^\+(1|7|[2-9]\d)(\d+)$/.exec(digits);
  return parts ? `+${parts[1]} ${parts[2].replace(/(\d{3})(?=\d{3})/g, '$1 ')}` : digits;
}

export function clock(instant) {
  return new Date(instant).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', hour12: false});
}

export function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
