// What several parts need.

const started = new WeakMap()

/** Call `begin` once for each element below (or at) root that fits the selector, however often a part is started. */
export function each (root, selector, begin) {
  const found = [...root.querySelectorAll(selector)]
  if (root.matches?.(selector)) found.unshift(root)
  for (const element of found) {
    const begun = started.get(element) ?? new Set()
    if (begun.has(selector)) continue // each part has a selector of its own; a function would be another one each time
    started.set(element, begun.add(selector))
    begin(element)
  }
}

/** The words of the page's language, from parts/words.html; {name} in them is replaced. */
export function word (name, values = {}) {
  const found = document.getElementById('woerter')?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? name
  return found.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}

/** Make an element: make('p', { className: 'meta' }, 'text', child). */
export function make (tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && !name.includes('-')) element[name] = value
    else element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** A symbol of the sprite; its address is read from any symbol on the page. */
export function icon (name) {
  const sprite = document.querySelector('svg.i use')?.getAttribute('href').split('#')[0] ?? ''
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  svg.setAttribute('class', 'i')
  svg.setAttribute('aria-hidden', 'true')
  use.setAttribute('href', `${sprite}#${name}`)
  svg.append(use)
  return svg
}

/** Set a value as if it had been typed: others hear of it. */
export function enter (input, value) {
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true }))
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

export function timeOfDay (when = new Date()) {
  return `${String(when.getHours()).padStart(2, '0')}:${String(when.getMinutes()).padStart(2, '0')}`
}
