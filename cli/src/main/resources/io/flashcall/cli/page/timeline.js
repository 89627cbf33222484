// What happened to the verification, as the service recorded it.

import {el, icon} from './dom.js';
import * as words from './words.js';

/** @returns a function that draws a state */
export function timeline(place) {
  const list = el('ol', {class: 'events', 'aria-labelledby': 'timeline-title'});
  const nothing = el('p', {class: 'nothing'}, 'Nothing has happened yet.');
  let session = null;
  let items = new Map();
  place.append(nothing);

  return state => {
    if (state.view?.id !== session) {
      session = state.view?.id ?? null;
      items = new Map();
      list.replaceChildren();
      place.replaceChildren(session ? list : nothing);
    }
    const begun = Date.parse(state.view?.created_at);
    for (const event of state.events) {
      if (!items.has(event.sequence)) {
        items.set(event.sequence, item(event, begun));
        list.append(items.get(event.sequence));
      }
    }
    for (const sequence of state.webhooks.keys()) {
      items.get(sequence)?.classList.add('told');
    }
  };
}

function item(event, begun) {
  const [symbol, sentence, tone] = words.event(event.type, event.details);
  const more = words.details(event.type, event.details);
  const after = Math.max(0, Date.parse(event.at) - begun) / 1000;
  return el('li', {class: `event ${tone}`, 'data-type': event.type},
    el('span', {class: 'event-icon'}, icon(symbol)),
    el('div', {class: 'event-text'},
      el('p', {class: 'event-title'}, sentence),
      el('p', {class: 'event-more'}, el('code', {}, event.type), more ? ` ${more}` : ''),
      el('p', {class: 'hook'}, icon('check'), 'webhook, signature checked')),
    el('time', {class: 'event-time', datetime: event.at}, `${after.toFixed(2)} s`));
}
