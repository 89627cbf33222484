// How long a verification may still take.

import {el} from './dom.js';
import {minutes} from './words.js';

/** @returns {element, update} */
export function countdown(from, to) {
  const begun = Date.parse(from);
  const ends = Date.parse(to);
  const text = el('span', {});
  const bar = el('span', {class: 'bar-fill'});
  const element = el('span', {class: 'countdown', role: 'timer'},
    el('span', {class: 'bar', 'aria-hidden': 'true'}, bar), text);

  function update() {
    const left = Math.max(0, ends - Date.now());
    text.textContent = `${minutes(Math.ceil(left / 1000))} left`;
    bar.style.setProperty('--left', (left / (ends - begun)).toFixed(4));
    element.classList.toggle('late', left < 20_000);
  }

  return {element, update};
}
