// What it cost, and what it saves.

import {el} from './dom.js';

/** @returns a function that draws a state */
export function costPanel(place) {
  let drawn = null;

  return ({bill, view}) => {
    if (bill === drawn) {
      return;
    }
    drawn = bill;
    place.hidden = bill === null;
    if (bill !== null) {
      const money = amount => `${amount} ${bill.currency}`;
      place.replaceChildren(el('dl', {},
        bill.verification === view?.id && bill.own !== '0' ? row('This verification', money(bill.own)) : null,
        row('All so far', money(bill.all)),
        row('All by SMS', money(bill.alternative)),
        bill.saving.startsWith('-') || bill.saving === '' ? null : row('Saved', money(bill.saving), 'saved')));
    }
  };
}

function row(name, value, className = '') {
  return el('div', {class: `cost ${className}`}, el('dt', {}, name), el('dd', {}, value));
}
