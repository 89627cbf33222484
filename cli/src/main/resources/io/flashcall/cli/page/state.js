// What the page knows: a fold over what its server has told. Views are drawn from it and change nothing in it.

/** @returns the state of a page that has heard of nothing */
export function empty() {
  return {
    mood: 'rings', awake: false, email: false, view: null, events: [], webhooks: new Map(), ladders: new Map(), calls: [], messages: [], bill: null,
  };
}

/** The state after one more note; the old one is not used any more. */
export function next(state, type, data) {
  switch (type) {
    case 'mood':
      return {...state, mood: data.mood, awake: false};
    case 'started':
      return {...state, awake: false, email: data.email, view: data.view, events: [], webhooks: new Map(), ladders: new Map()};
    case 'event':
      return isOurs(state, data.view.id) ? withEvent(state, data) : state;
    case 'webhook':
      return isOurs(state, data.verification) ? withWebhook(state, data) : state;
    case 'ladder':
      return isOurs(state, data.verification) ? withSteps(state, data) : state;
    case 'bill':
      return {...state, bill: data};
    case 'ring':
      return {...state, calls: [{from: data.from, at: data.at, ringing: true, mood: state.mood}, ...state.calls]};
    case 'silence':
      return {...state, calls: silenced(state.calls, data.from)};
    case 'message':
      return {...state, awake: true, messages: [data, ...state.messages]};
    default:
      return state;
  }
}

function isOurs(state, verification) {
  return state.view !== null && state.view.id === verification;
}

function withEvent(state, data) {
  return {...state, view: data.view, events: [...state.events, data.event]};
}

/** A webhook may come again; it is shown once. */
function withWebhook(state, data) {
  return {...state, webhooks: new Map(state.webhooks).set(data.sequence, data.event)};
}

function withSteps(state, data) {
  const known = (state.ladders.get(data.attempt) ?? []).slice(0, data.known);
  return {...state, ladders: new Map(state.ladders).set(data.attempt, [...known, ...data.steps])};
}

/** The eldest that rings with this number is the one that stops. */
function silenced(calls, from) {
  const index = calls.findLastIndex(call => call.ringing && call.from === from);
  return calls.map((call, i) => (i === index ? {...call, ringing: false} : call));
}
