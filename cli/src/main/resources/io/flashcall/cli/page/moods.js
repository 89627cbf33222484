// The switches: what the phone does when it is called.

import {el, icon} from './dom.js';

const MOODS = [
  ['rings', 'call', 'Rings', 'It rings, and nobody answers: the number stays as a missed call.'],
  ['busy', 'busy', 'Busy', 'Somebody is on another call, and never sees this one.'],
  ['off', 'off', 'Switched off', 'No network can reach it. Messages wait until it is back.'],
  ['answers', 'pickup', 'Answers at once', 'A machine answers before it rings: nothing is displayed.'],
  ['rejects', 'decline', 'Rejects', 'Somebody declines while it rings. The number was seen, and counts.'],
  ['voicemail', 'voicemail', 'Voicemail', 'The call is diverted to a voicemail box without ringing.'],
  ['blocked', 'shield', 'Network blocks', 'Its network takes flash calls for spam: 603 Network Blocked.'],
];

/**
 * @param onChange is given the new mood
 * @returns a function that draws a state
 */
export function moodSwitches(place, onChange) {
  const radios = new Map();
  const hint = el('p', {class: 'mood-hint', id: 'mood-hint'});
  const options = MOODS.map(([mood, symbol, name]) => {
    const radio = el('input', {
      type: 'radio', name: 'mood', value: mood, 'aria-describedby': 'mood-hint', onchange: () => onChange(mood),
    });
    radios.set(mood, radio);
    return el('label', {class: 'mood'}, radio, el('span', {class: 'mood-face'}, icon(symbol), name));
  });
  place.append(el('fieldset', {class: 'moods'}, el('legend', {}, 'When it is called, this phone'),
    el('div', {class: 'mood-list'}, options), hint));
  return state => {
    radios.get(state.mood).checked = true;
    hint.textContent = MOODS.find(([mood]) => mood === state.mood)[3];
  };
}
