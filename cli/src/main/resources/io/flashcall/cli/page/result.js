// The stage that says what came of it.

import {el, icon} from './dom.js';
import * as words from './words.js';

/** @returns {element, title, says, focus, update} */
export function resultStage(state, onStartOver) {
  const {view} = state;
  const [symbol, title, tone] = {
    verified: ['check', 'Number verified', 'good'],
    failed: ['cross', 'Not verified', 'bad'],
    expired: ['clock', 'Time is up', 'bad'],
    canceled: ['cross', 'Canceled', 'plain'],
  }[view.status];
  const sentence = el('p', {class: 'result-text'});
  const element = el('div', {class: 'result', 'data-status': view.status},
    el('div', {class: `seal ${tone}`}, icon(symbol, 'seal-icon')),
    el('p', {class: 'to'}, words.number(view.to)),
    sentence,
    el('button', {class: 'primary', type: 'button', onclick: onStartOver},
      view.status === 'verified' ? 'Verify another number' : 'Start over'));
  return {
    element, title,
    says: `${title}. ${explain(state)}`,
    focus: heading => heading.focus(),
    update: next => {
      sentence.textContent = explain(next);
    },
  };
}

function explain({view, events}) {
  switch (view.status) {
    case 'verified':
      return `By ${words.channelName(channelOf(view, events))}, in ${seconds(view)} s.`;
    case 'failed':
      return `${words.capital(words.reason(view.reason ?? 'It did not work'))}.`;
    case 'expired':
      return 'No right code was entered in time.';
    default:
      return 'You stopped it. Nothing more is sent.';
  }
}

/** The channel whose code was entered. */
function channelOf(view, events) {
  const end = events.find(event => event.type === 'verification.verified');
  const attempt = view.attempts.find(each => String(each.number) === String(end?.details.attempt));
  return attempt?.channel ?? view.channel;
}

function seconds(view) {
  return ((Date.parse(view.ended_at) - Date.parse(view.created_at)) / 1000).toFixed(1);
}
