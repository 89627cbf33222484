// The stage where digits are entered.

import {countdown} from './countdown.js';
import {digitBoxes} from './digits.js';
import {el} from './dom.js';
import * as words from './words.js';

/** @returns {element, title, focus, update} */
export function codeStage(state, ask, announce) {
  const {view} = state;
  const length = view.code_length;
  const status = el('p', {class: 'status'});
  const problem = el('p', {class: 'problem', role: 'alert', id: 'code-problem'});
  const prefix = el('span', {class: 'prefix'});
  const left = el('span', {class: 'muted'});
  const boxes = digitBoxes(length, `Last ${length} digits of the number that called, or the code of a message`, check);
  const row = el('div', {class: 'code-row'}, prefix, boxes.element);
  const verify = el('button', {class: 'primary', type: 'submit'}, 'Verify');
  const time = countdown(view.created_at, view.expires_at);
  const ways = el('div', {class: 'ways'});
  let said = '';
  let busy = false;

  async function check(code) {
    if (busy) {
      return;
    }
    busy = true;
    boxes.lock(true);
    problem.replaceChildren();
    const answer = await ask('check', {code});
    busy = false;
    boxes.lock(false);
    if (answer.ok && !answer.body.correct && answer.body.status === 'pending') {
      wrong(answer.body.checks_left);
    } else if (!answer.ok) {
      complain(answer.body);
    }
  }

  function wrong(checksLeft) {
    problem.replaceChildren(el('strong', {}, 'That is not the code.'), ` ${words.attemptsLeft(checksLeft)}.`);
    row.classList.remove('shake');
    // Reading a layout value lets the animation start anew.
    void row.offsetWidth;
    row.classList.add('shake');
    boxes.clear();
    boxes.focus();
  }

  function complain(answer) {
    problem.replaceChildren(el('strong', {}, answer.title ?? 'That did not work'), ' ', answer.detail ?? '');
  }

  async function again(channel) {
    problem.replaceChildren();
    const answer = await ask('resend', {channel});
    if (!answer.ok) {
      complain(answer.body);
    }
    boxes.focus();
  }

  function submit(event) {
    event.preventDefault();
    if (boxes.value().length >= length) {
      check(boxes.value());
    } else {
      boxes.focus();
    }
  }

  function update(next) {
    const sentence = statusOf(next);
    if (sentence !== said) {
      said = sentence;
      status.textContent = sentence;
      announce(sentence);
    }
    const called = next.view.channel === 'flash_call';
    prefix.textContent = called && next.view.prefix ? words.number(next.view.prefix) : '';
    left.textContent = `${words.attemptsLeft(next.view.checks_left)}, ${next.view.sends_left} more to send`;
    const disabled = next.view.sends_left === 0;
    for (const button of ways.children) {
      button.disabled = disabled && button.dataset.way !== 'cancel';
    }
    time.update();
  }

  const another = (way, name, label) =>
    el('button', {type: 'button', class: 'quiet', 'data-way': way, 'aria-label': label, onclick: () => again(way)}, name);
  ways.append(
    another('flash_call', 'Call again', 'Call again'),
    another('sms', 'SMS', 'Send an SMS'),
    state.email ? another('email', 'Email', 'Send an email') : '',
    el('button', {type: 'button', class: 'quiet', 'data-way': 'cancel', onclick: () => ask('cancel')}, 'Cancel'));
  const element = el('form', {class: 'code', onsubmit: submit, novalidate: true},
    el('p', {class: 'to'}, el('span', {class: 'sr-only'}, 'Verifying '), words.number(view.to)),
    status, row, problem, verify, el('div', {class: 'code-foot'}, time.element, left), ways);
  return {element, title: 'Enter the digits', focus: boxes.focus, update};
}

/** What is going on, in one sentence. */
function statusOf(state) {
  const {view, events, calls} = state;
  const length = view.code_length;
  for (const {type, details} of events.toReversed()) {
    switch (type) {
      case 'call.ringing':
        return calls[0]?.ringing ? 'Your phone is ringing. Let it ring.' : missed(length);
      case 'call.delivered':
        return missed(length);
      case 'call.failed':
        return `The call did not get through: ${words.reason(details.outcome)}.`;
      case 'message.accepted':
        return sent(events, details.channel);
      case 'channel.fallback':
        return `No luck with the ${words.channelName(details.from)}: ${words.reason(details.reason)}.`;
      case 'attempt.started':
        return details.channel === 'flash_call' ? 'Calling your phone …' : sending(details.channel);
      default:
    }
  }
  return 'Calling your phone …';
}

function missed(length) {
  return `You have a missed call. Enter the last ${length} digits of the number.`;
}

function sent(events, channel) {
  const name = `an ${words.channelName(channel)}`;
  const why = events.findLast(({type, details}) => type === 'channel.fallback' && details.to === channel);
  return why
    ? `${words.capital(words.reason(why.details.reason))}, so we sent you ${name}. Enter its code.`
    : `We sent you ${name}. Enter its code.`;
}

function sending(channel) {
  return `Sending you an ${words.channelName(channel)} …`;
}
