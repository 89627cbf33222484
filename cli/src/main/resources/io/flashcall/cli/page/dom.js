// Makes elements. Text becomes text nodes, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: `el('p', {class: 'muted', onclick: f}, 'text', child)`. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A symbol of the page's sprite; decoration, so it needs words beside it. */
export function icon(name, className = 'icon') {
  return svg('svg', {viewBox: '0 0 24 24', class: className, 'aria-hidden': 'true'}, svg('use', {href: `#i-${name}`}));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}
