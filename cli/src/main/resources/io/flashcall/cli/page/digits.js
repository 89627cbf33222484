// One box for each digit of a code. Typing goes on, backspace goes back; a code that is pasted or filled in by the
// browser spreads over the boxes, and so does the whole number that called.

import {el} from './dom.js';

/**
 * @param length     how many digits
 * @param label      what they are
 * @param onComplete is given what was entered: the digits, or the whole number
 * @returns {element, clear, focus, value, lock}
 */
export function digitBoxes(length, label, onComplete) {
  let whole = '';
  const boxes = Array.from({length}, (_, i) => box(i));
  const element = el('div', {role: 'group', 'aria-label': label, class: 'digits'}, boxes);

  function box(i) {
    return el('input', {
      class: 'digit', type: 'text', inputmode: 'numeric', autocomplete: i === 0 ? 'one-time-code' : 'off',
      'aria-label': `Digit ${i + 1} of ${length}`, spellcheck: 'false',
      oninput: () => typed(i),
      onfocus: event => event.target.select(),
      onclick: event => event.target.select(),
      onkeydown: event => moved(event, i),
      onpaste: event => {
        event.preventDefault();
        enter(event.clipboardData.getData('text'), i);
      },
    });
  }

  function typed(i) {
    const text = boxes[i].value;
    boxes[i].value = '';
    enter(text, i);
  }

  /** Puts in what came into one box, whatever it is. */
  function enter(text, at) {
    const code = codeIn(text);
    const digits = code ?? text.replace(/\D/g, '');
    if (digits.length === 0) {
      return;
    }
    whole = code === null && digits.length > length ? text.trim() : '';
    const shown = digits.slice(-length);
    const start = shown.length === length ? 0 : at;
    [...shown].slice(0, length - start).forEach((digit, i) => {
      boxes[start + i].value = digit;
    });
    boxes[Math.min(start + shown.length, length - 1)].focus();
    if (boxes.every(each => each.value !== '')) {
      onComplete(value());
    }
  }

  /** The code in the middle of a message; null where there is none. */
  function codeIn(text) {
    const found = /[a-z]/i.test(text) ? text.match(new RegExp(`(?<!\\d)\\d{${length}}(?!\\d)`)) : null;
    return found ? found[0] : null;
  }

  function moved(event, i) {
    if (event.key === 'Backspace') {
      event.preventDefault();
      whole = '';
      const target = boxes[i].value === '' && i > 0 ? i - 1 : i;
      boxes[target].value = '';
      boxes[target].focus();
    } else if (event.key === 'ArrowLeft' && i > 0) {
      event.preventDefault();
      boxes[i - 1].focus();
    } else if (event.key === 'ArrowRight' && i < length - 1) {
      event.preventDefault();
      boxes[i + 1].focus();
    }
  }

  function value() {
    const digits = boxes.map(each => each.value).join('');
    return digits.length === length && whole !== '' ? whole : digits;
  }

  function focus() {
    (boxes.find(each => each.value === '') ?? boxes[length - 1]).focus();
  }

  function clear() {
    whole = '';
    boxes.forEach(each => {
      each.value = '';
    });
  }

  /** While they are being checked; the focus stays where it is. */
  function lock(locked) {
    boxes.forEach(each => {
      each.readOnly = locked;
    });
  }

  return {element, clear, focus, value, lock};
}
