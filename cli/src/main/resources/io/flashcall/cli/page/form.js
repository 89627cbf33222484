// Who is to be verified, and what for.

import {el} from './dom.js';

/** Region, name, calling code, and a number that nobody has or that stands in its plan as the example. */
const COUNTRIES = [
  ['AU', 'Australia', '61', '0491 570 006'],
  ['AT', 'Austria', '43', '0664 123456'],
  ['BR', 'Brazil', '55', '(11) 96123-4567'],
  ['CA', 'Canada', '1', '506 234 5678'],
  ['FR', 'France', '33', '06 12 34 56 78'],
  ['DE', 'Germany', '49', '0171 3920012'],
  ['IN', 'India', '91', '081234 56789'],
  ['IE', 'Ireland', '353', '085 012 3456'],
  ['IT', 'Italy', '39', '312 345 6789'],
  ['JP', 'Japan', '81', '090-1234-5678'],
  ['MX', 'Mexico', '52', '222 123 4567'],
  ['NL', 'Netherlands', '31', '06 12345678'],
  ['PL', 'Poland', '48', '512 345 678'],
  ['ZA', 'South Africa', '27', '071 123 4567'],
  ['ES', 'Spain', '34', '612 34 56 78'],
  ['SE', 'Sweden', '46', '070 174 06 05'],
  ['CH', 'Switzerland', '41', '078 123 45 67'],
  ['TR', 'Türkiye', '90', '0501 234 56 78'],
  ['UA', 'Ukraine', '380', '050 123 4567'],
  ['GB', 'United Kingdom', '44', '0161 496 0123'],
  ['US', 'United States', '1', '202 555 0123'],
];

const PURPOSES = [
  ['signup', 'Sign up'],
  ['login', 'Log in'],
  ['transaction', 'Confirm a payment'],
  ['recovery', 'Recover an account'],
];

/** What is proposed: whoever keeps it does not mind another one. */
const proposed = {number: drama(), email: mailbox()};
const PROPOSALS = 20;

/** What was filled in last, so that a form that comes back has it still. */
const filled = {country: 'GB', purpose: 'signup', ...proposed};

/** One of Manchester's numbers that are kept for drama, so that two pages rarely want the same one. */
function drama() {
  return `0161 496 0${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`;
}

/** A mailbox that no other page is likely to have. */
function mailbox() {
  return `ann-${Math.random().toString(36).slice(2, 6)}@mail.example`;
}

/**
 * @param onStart is given what was filled in, and answers with {ok, body} or a promise of it
 * @returns {element, focus}
 */
export function startForm(onStart) {
  const country = el('select', {id: 'country', name: 'country', autocomplete: 'country', onchange: changed},
    COUNTRIES.map(([region, name, code]) =>
      el('option', {value: region, selected: region === filled.country}, `${name} (+${code})`)));
  const number = el('input', {
    id: 'number', name: 'number', type: 'tel', autocomplete: 'tel-national', required: true, value: filled.number,
    'aria-describedby': 'number-hint form-error', placeholder: example(filled.country),
  });
  const purpose = el('select', {id: 'purpose', name: 'purpose'}, PURPOSES.map(([value, name]) =>
    el('option', {value, selected: value === filled.purpose}, name)));
  const email = el('input', {
    id: 'email', name: 'email', type: 'email', autocomplete: 'email', value: filled.email,
    placeholder: 'you@example.com', 'aria-describedby': 'email-hint form-error',
  });
  const error = el('p', {id: 'form-error', class: 'problem', role: 'alert'});
  const button = el('button', {class: 'primary', type: 'submit'}, 'Call me');

  function changed() {
    filled.country = country.value;
    number.placeholder = example(country.value);
    proposed.number = country.value === 'GB' ? drama() : '';
    number.value = proposed.number;
  }

  /** Tries another proposal where the one that nobody has touched is another page's. */
  async function ask() {
    let answer = await onStart({...filled});
    for (let i = 0; i < PROPOSALS && answer.status === 409 && isProposed(answer.body.field); i++) {
      const renewed = answer.body.field;
      proposed[renewed] = renewed === 'email' ? mailbox() : drama();
      filled[renewed] = proposed[renewed];
      (renewed === 'email' ? email : number).value = filled[renewed];
      answer = await onStart({...filled});
    }
    return answer;
  }

  function isProposed(name) {
    return name in proposed && filled[name] !== '' && filled[name] === proposed[name];
  }

  async function submit(event) {
    event.preventDefault();
    Object.assign(filled, {
      country: country.value, number: number.value, purpose: purpose.value, email: email.value,
    });
    error.replaceChildren();
    button.disabled = true;
    const answer = await ask();
    button.disabled = false;
    if (!answer.ok) {
      refuse(answer.body);
    }
  }

  function refuse(problem) {
    const field = problem.field === 'email' ? email : number;
    field.setAttribute('aria-invalid', 'true');
    field.addEventListener('input', () => field.removeAttribute('aria-invalid'), {once: true});
    error.append(el('strong', {}, problem.title), ' ', problem.detail ?? '');
    field.focus();
  }

  const element = el('form', {class: 'start', onsubmit: submit, novalidate: true},
    field('country', 'Country', country),
    field('number', 'Telephone number', number, 'Any number that a phone can have will do. This one is kept for films and nobody has it.'),
    field('purpose', 'What for', purpose),
    field('email', 'Email (optional)', email, 'The last resort. This mailbox is on the phone; clear it to do without.'),
    error,
    button);
  return {element, focus: () => number.focus()};
}

function example(region) {
  return COUNTRIES.find(country => country[0] === region)[3];
}

function field(id, label, control, hint) {
  return el('div', {class: 'field'},
    el('label', {for: id}, label),
    control,
    hint ? el('p', {class: 'hint', id: `${id}-hint`}, hint) : null);
}
