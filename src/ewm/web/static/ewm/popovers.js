// Popovers come from the browser; here they get a place where the browser cannot anchor them, and the first focus.
import { each } from './dom.js'

const anchored = CSS.supports('position-area', 'block-end')

export function popovers (root) {
  each(root, '[popover]', begin)
}

function begin (popover) {
  const button = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`)
  popover.addEventListener('toggle', event => {
    button?.setAttribute('aria-expanded', String(event.newState === 'open'))
    if (event.newState !== 'open') return
    if (button && !anchored && !popover.matches('.popover--head, .nav')) place(popover, button)
    popover.querySelector('[data-focus]')?.focus()
  })
}

/** Put a box below an element, above where there is no room, and inside the window; style by the object model is allowed. */
export function place (box, anchor) {
  const at = anchor.getBoundingClientRect()
  const size = box.getBoundingClientRect()
  const left = Math.min(at.left, document.documentElement.clientWidth - size.width - 8)
  const below = at.bottom + size.height + 8 <= innerHeight || at.top < size.height + 8
  box.style.position = 'absolute'
  box.style.left = `${Math.max(8, left) + scrollX}px`
  box.style.top = `${(below ? at.bottom + 4 : at.top - size.height - 4) + scrollY}px`
}
