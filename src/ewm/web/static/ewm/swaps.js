// Parts that htmx exchanges: start what is in them, lead the focus to the line that says how much there is, say what failed.
// data-autosubmit on a form or a control sends the form when something changes.
import { word } from './dom.js'
import { toast } from './toasts.js'

export function swaps (document, start) {
  document.addEventListener('htmx:afterSwap', event => {
    start(event.detail.target)
    const line = event.detail.target.querySelector('[data-sum]') ?? document.querySelector('[data-sum]')
    if (!line || event.detail.target.contains(document.activeElement)) return
    line.tabIndex = -1
    if (!document.activeElement?.matches('input[type="search"]')) line.focus()
  })
  for (const name of ['htmx:responseError', 'htmx:sendError']) {
    document.addEventListener(name, () => toast(word('not-loaded')))
  }
  document.addEventListener('change', event => {
    if (event.target.closest('[data-autosubmit]')) event.target.form?.requestSubmit()
  })
}
