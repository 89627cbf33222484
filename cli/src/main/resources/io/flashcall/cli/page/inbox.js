// What stands in the phone's lists.

import {el, icon} from './dom.js';
import * as words from './words.js';

/** A call, with the digits that matter made plain to see. */
export function callItem(call) {
  const number = words.number(call.from);
  const kind = call.mood === 'rejects' ? 'Declined call' : 'Missed call';
  return el('li', {class: 'entry', 'data-from': call.from},
    el('span', {class: 'entry-icon missed'}, icon('missed')),
    el('div', {class: 'entry-text'},
      el('p', {class: 'entry-number'}, number.slice(0, -4), el('strong', {}, number.slice(-4))),
      el('p', {class: 'entry-kind'}, kind)),
    el('time', {class: 'entry-time', datetime: call.at}, words.clock(call.at)));
}

export function messageItem(message) {
  return el('li', {class: 'bubble-row'},
    el('p', {class: 'bubble-meta'}, 'SMS, ', el('time', {datetime: message.at}, words.clock(message.at))),
    el('p', {class: 'bubble'}, message.text));
}

export function mailItem(message) {
  return el('li', {class: 'mail'},
    el('p', {class: 'mail-subject'}, message.subject),
    el('p', {class: 'mail-text'}, message.text),
    el('time', {class: 'entry-time', datetime: message.at}, words.clock(message.at)));
}
