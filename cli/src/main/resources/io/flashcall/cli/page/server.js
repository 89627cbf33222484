// The page's own server: asks it, and listens to it.

const KEPT = 'flashcall-visit';
const TYPES = ['started', 'event', 'ladder', 'ring', 'silence', 'message', 'webhook', 'mood', 'bill'];

/** Asks, and tells what came; it throws nothing. */
export async function post(path, body = {}) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(body),
    });
    return {ok: response.ok, status: response.status, body: await response.json()};
  } catch {
    return {ok: false, status: 0, body: {title: 'The demo does not answer', detail: 'Is it still running?'}};
  }
}

/** This tab's visit. A page that is loaded again goes on where it was, as long as its server does. */
export async function visit() {
  const known = sessionStorage.getItem(KEPT);
  if (known && (await post(`/visits/${known}/hello`)).ok) {
    return known;
  }
  const made = await post('/visits');
  if (made.ok) {
    sessionStorage.setItem(KEPT, made.body.id);
  }
  return made.ok ? made.body.id : null;
}

/**
 * Hears of everything from the beginning, each thing once. A page that nobody sees does not listen: a browser has six
 * connections for all pages of a server, and a stream takes one of them.
 */
export function listen(id, onNote, onState) {
  let last = 0;
  let source = null;

  function open() {
    source = new EventSource(`/visits/${id}/stream?after=${last}`);
    source.onopen = () => onState('live');
    source.onerror = event => onState(event.target.readyState === EventSource.CLOSED ? 'gone' : 'connecting');
    TYPES.forEach(type => source.addEventListener(type, message => hear(type, message)));
  }

  function hear(type, message) {
    const number = Number(message.lastEventId);
    if (number > last) {
      last = number;
      onNote(type, JSON.parse(message.data));
    }
  }

  document.addEventListener('visibilitychange', () => {
    source?.close();
    source = null;
    if (!document.hidden) {
      open();
    }
  });
  if (!document.hidden) {
    open();
  }
}
