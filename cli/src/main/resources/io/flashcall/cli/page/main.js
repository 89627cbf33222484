// Joins the page: the server tells, the state follows, the views are drawn from it.

import {appPanel} from './app.js';
import {costPanel} from './costs.js';
import {ladder} from './ladder.js';
import {moodSwitches} from './moods.js';
import {phone} from './phone.js';
import {listen, post, visit} from './server.js';
import {empty, next} from './state.js';
import {themeSwitch} from './themes.js';
import {timeline} from './timeline.js';

const place = id => document.getElementById(id);
const LINKS = {live: 'Live', connecting: 'Connecting', gone: 'The demo has ended; reload the page'};

let id = null;
let state = empty();

const ask = (what, body = {}) => post(`/visits/${id}/${what}`, body);
const views = [
  appPanel(place('app-body'), ask, announce),
  phone(place('phone')),
  moodSwitches(place('moods'), mood => ask('mood', {mood})),
  timeline(place('timeline')),
  ladder(place('ladder')),
  costPanel(place('costs')),
];

function draw() {
  views.forEach(view => view(state));
}

/** Says something to those who do not see it. */
function announce(text) {
  place('announce').textContent = text;
}

function showLink(link) {
  place('link-state').dataset.state = link;
  place('link-text').textContent = LINKS[link];
}

themeSwitch(place('theme'), place('theme-text'), place('theme-icon'));
draw();
setInterval(draw, 500);
id = await visit();
if (id === null) {
  showLink('gone');
} else {
  listen(id, (type, data) => {
    state = next(state, type, data);
    draw();
  }, showLink);
}
