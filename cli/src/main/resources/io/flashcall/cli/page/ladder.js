// The messages of each call, drawn as they come.

import {el, svg} from './dom.js';

const WIDTH = 420;
const LEFT = 96;
const RIGHT = 372;
const TOP = 34;
const ROW = 34;

/** @returns a function that draws a state */
export function ladder(place) {
  const nothing = el('p', {class: 'nothing'}, 'No call yet.');
  let drawn = new Map();
  let session = null;
  place.append(nothing);

  return state => {
    if (state.view?.id !== session) {
      session = state.view?.id ?? null;
      drawn = new Map();
      place.replaceChildren(nothing);
    }
    for (const [attempt, steps] of state.ladders) {
      if (!drawn.has(attempt)) {
        drawn.set(attempt, picture(attempt));
        nothing.remove();
        place.append(drawn.get(attempt).element);
      }
      drawn.get(attempt).grow(steps);
    }
  };
}

function picture(attempt) {
  const lines = [LEFT, RIGHT].map(x => svg('line', {class: 'life', x1: x, x2: x, y1: TOP, y2: TOP}));
  const rows = svg('g', {});
  const told = el('ol', {class: 'sr-only'});
  const drawing = svg('svg', {class: 'ladder', 'aria-hidden': 'true'},
    head(LEFT, 'service'), head(RIGHT, 'carrier'), lines, rows);
  let count = 0;

  function grow(steps) {
    for (; count < steps.length; count++) {
      const y = TOP + 28 + count * ROW;
      rows.append(arrow(steps[count], y));
      const way = steps[count].sent ? 'service to carrier' : 'carrier to service';
      told.append(el('li', {}, `${steps[count].message}, ${way}, after ${millis(steps[count])}`));
    }
    const bottom = TOP + 28 + count * ROW;
    lines.forEach(line => line.setAttribute('y2', bottom - 14));
    drawing.setAttribute('viewBox', `0 0 ${WIDTH} ${bottom}`);
  }

  const heading = `Attempt ${attempt}`;
  return {element: el('figure', {class: 'call'}, el('figcaption', {}, heading), drawing, told), grow};
}

function head(x, text) {
  return svg('text', {class: 'life-name', x, y: 18, 'text-anchor': 'middle'}, text);
}

function arrow(step, y) {
  const [from, to] = step.sent ? [LEFT, RIGHT] : [RIGHT, LEFT];
  const tip = step.sent ? -7 : 7;
  return svg('g', {class: `step ${toneOf(step)}`},
    svg('text', {class: 'step-time', x: 0, y: y + 4}, millis(step)),
    svg('text', {class: 'step-name', x: (LEFT + RIGHT) / 2, y: y - 7, 'text-anchor': 'middle'}, step.message),
    svg('line', {class: 'shaft', x1: from, x2: to, y1: y, y2: y, pathLength: 1}),
    svg('path', {class: 'tip', d: `M${to + tip} ${y - 4.5}L${to} ${y}L${to + tip} ${y + 4.5}`}));
}

function millis(step) {
  return step.t_ms < 1000 ? `${Math.round(step.t_ms)} ms` : `${(step.t_ms / 1000).toFixed(2)} s`;
}

function toneOf(step) {
  if (/^18\d/.test(step.message)) {
    return 'ringing';
  }
  return /^[3-6]\d\d/.test(step.message) && !step.message.startsWith('487') ? 'refused' : 'plain';
}
