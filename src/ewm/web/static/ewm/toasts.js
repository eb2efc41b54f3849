// Messages that go after ten seconds, not while somebody points at them or is inside; errors never go by themselves.
import { each, icon, make, word } from './dom.js'

const SHOWN = 10_000

export function toasts (root) {
  each(root, '[data-toast]', begin)
}

function begin (element) {
  floating().append(element)
  const close = element.querySelector('[data-toast-close]')
  if (close) {
    close.hidden = false
    close.addEventListener('click', () => element.remove())
  }
  let timer = setTimeout(() => element.remove(), SHOWN)
  const stop = () => clearTimeout(timer)
  const go = () => { stop(); timer = setTimeout(() => element.remove(), SHOWN) }
  for (const name of ['mouseenter', 'focusin']) element.addEventListener(name, stop)
  for (const name of ['mouseleave', 'focusout']) element.addEventListener(name, go)
}

function floating () {
  const holder = document.querySelector('.messages--floating')
  if (holder) return holder
  const made = make('div', { className: 'messages--floating', role: 'status' })
  document.body.append(made)
  return made
}

/** Say what was done; `undo` takes it back. */
export function toast (text, undo) {
  const element = make('div', { className: 'toast', 'data-toast': '' }, make('p', {}, text))
  if (undo) {
    const button = make('button', { type: 'button', className: 'toast__action' }, word('undo'))
    button.addEventListener('click', () => { element.remove(); undo() })
    element.append(button)
  }
  const close = make('button', { type: 'button', className: 'toast__close', 'aria-label': word('close'), 'data-toast-close': '' }, icon('close'))
  element.append(close)
  begin(element)
  return element
}
