// The phone: rings, keeps its missed calls, and has an inbox for text messages and one for mail.

import {el, icon} from './dom.js';
import {callItem, mailItem, messageItem} from './inbox.js';
import * as words from './words.js';

const TABS = [
  ['calls', 'missed', 'Calls', 'No calls yet'],
  ['sms', 'message', 'Messages', 'No messages yet'],
  ['email', 'mail', 'Mail', 'No mail yet'],
];

/** @returns a function that draws a state */
export function phone(place) {
  const clock = el('span', {class: 'bar-clock'});
  const tabs = new Map(TABS.map(tab => [tab[0], tabOf(tab, open)]));
  const ring = ringScreen();
  const line = el('p', {class: 'in-call'}, icon('call'), 'On another call');
  const off = el('div', {class: 'off-screen'}, icon('off'), el('p', {}, 'Switched off'));
  const screen = el('div', {class: 'screen'},
    el('div', {class: 'status-bar', 'aria-hidden': 'true'}, clock, el('span', {class: 'island'}),
      el('span', {class: 'bar-net'}, 'testbed')),
    line,
    el('div', {class: 'panels'}, [...tabs.values()].map(tab => tab.panel)),
    el('div', {class: 'dock', role: 'tablist', 'aria-label': 'On the phone', onkeydown: move},
      [...tabs.values()].map(tab => tab.button)),
    ring.element, off);
  const body = el('div', {class: 'phone'}, screen);
  const caption = el('p', {class: 'phone-number'});
  place.append(body, caption);
  let seen = {calls: 0, sms: 0, email: 0};
  open('calls');

  function open(name) {
    for (const [each, tab] of tabs) {
      tab.show(each === name);
    }
  }

  function move(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const names = [...tabs.keys()];
    const at = names.findIndex(name => tabs.get(name).button === document.activeElement);
    if (step && at >= 0) {
      const name = names[(at + step + names.length) % names.length];
      open(name);
      tabs.get(name).button.focus();
    }
  }

  return state => {
    clock.textContent = words.clock(Date.now());
    const ringing = state.calls.find(call => call.ringing);
    body.dataset.mode = modeOf(state, ringing);
    line.hidden = body.dataset.mode !== 'busy';
    off.hidden = body.dataset.mode !== 'off';
    ring.update(ringing, state.view);
    caption.textContent = state.view ? words.number(state.view.to) : 'It rings when your app asks for it';
    const lists = {
      calls: state.calls.filter(call => !call.ringing).map(callItem),
      sms: state.messages.filter(message => message.kind === 'sms').map(messageItem),
      email: state.messages.filter(message => message.kind === 'email').map(mailItem),
    };
    for (const [name, items] of Object.entries(lists)) {
      if (items.length !== seen[name]) {
        tabs.get(name).fill(items);
        open(name);
      }
    }
    seen = Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.length]));
  };
}

function modeOf(state, ringing) {
  if (ringing) {
    return 'ringing';
  }
  if (state.mood === 'off' && !state.awake) {
    return 'off';
  }
  return state.mood === 'busy' ? 'busy' : 'idle';
}

/** While it rings, a display has room for the beginning of the number; the list of calls has all of it. */
function ringScreen() {
  const from = el('p', {class: 'ring-from'});
  const element = el('div', {class: 'ring-screen', hidden: true},
    el('p', {class: 'ring-label'}, 'Incoming call'),
    from,
    el('div', {class: 'rings', 'aria-hidden': 'true'}, el('i'), el('i'), el('i'), icon('call', 'rings-icon')),
    el('div', {class: 'ring-buttons', 'aria-hidden': 'true'},
      el('span', {class: 'round no'}, icon('decline')), el('span', {class: 'round yes'}, icon('call'))));

  function update(call, view) {
    element.hidden = call === undefined;
    if (call) {
      from.textContent = `${words.number(view?.prefix ?? call.from.slice(0, -4))} …`;
    }
  }

  return {element, update};
}

function tabOf([name, symbol, label, nothing], open) {
  const badge = el('span', {class: 'badge', hidden: true});
  const button = el('button', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, onclick: () => open(name),
  }, icon(symbol), el('span', {}, label), badge);
  const list = el('ul', {class: `list ${name}`});
  const empty = el('p', {class: 'list-empty'}, nothing);
  const panel = el('div', {
    role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, class: 'panel', tabindex: '0',
  }, el('h3', {}, label), empty, list);

  function fill(items) {
    list.replaceChildren(...items);
    empty.hidden = items.length > 0;
    badge.textContent = items.length;
    badge.hidden = items.length === 0;
  }

  function show(shown) {
    panel.hidden = !shown;
    button.setAttribute('aria-selected', String(shown));
    button.tabIndex = shown ? 0 : -1;
  }

  return {button, panel, fill, show};
}
