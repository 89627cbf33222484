// The app's side: asks for a number, then for the digits, then says what came of it.

import {codeStage} from './code.js';
import {el} from './dom.js';
import {startForm} from './form.js';
import {resultStage} from './result.js';

/**
 * @param body     where it is drawn
 * @param ask      asks the app's back end: `ask('check', {code})`
 * @param announce says something to those who do not see it
 * @returns a function that draws a state
 */
export function appPanel(body, ask, announce) {
  const title = document.getElementById('app-title');
  let stage = {key: '', update: () => {}};
  let left = '';
  let latest = null;

  function draw(state) {
    latest = state;
    const wanted = keyOf(state.view, left);
    if (wanted !== stage.key) {
      enter(wanted, state);
    }
    stage.update(state);
  }

  function enter(key, state) {
    const first = stage.key === '';
    stage = {...make(key, state), key};
    title.textContent = stage.title;
    body.replaceChildren(stage.element);
    if (!first) {
      stage.focus(title);
    }
    if (stage.says) {
      announce(stage.says);
    }
  }

  function make(key, state) {
    if (key === 'form') {
      return {...formStage(), title: 'Verify your number'};
    }
    return key.startsWith('code') ? codeStage(state, ask, announce) : resultStage(state, startOver);
  }

  function formStage() {
    const form = startForm(wish => ask('start', wish));
    return {element: el('div', {}, form.element), focus: form.focus, update: () => {}};
  }

  /** What has ended is left behind. */
  function startOver() {
    left = latest.view.id;
    draw(latest);
  }

  return draw;
}

function keyOf(view, left) {
  if (view === null || view.id === left) {
    return 'form';
  }
  return view.status === 'pending' ? `code ${view.id}` : `result ${view.id}`;
}
