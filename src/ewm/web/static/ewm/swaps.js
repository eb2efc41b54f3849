// Parts that htmx exchanges: start what is in them, and say what failed.
// data-autosubmit on a form or a control sends the form when something changes.
import { word } from './dom.js'
import { toast } from './toasts.js'

export function swaps (document, start) {
  document.addEventListener('htmx:load', event => start(event.detail.elt))
  for (const name of ['htmx:responseError', 'htmx:sendError']) {
    document.addEventListener(name, event => toast(word(event.detail.xhr?.status === 401 ? 'signed-out' : 'not-loaded')))
  }
  document.addEventListener('change', event => {
    if (event.target.closest('[data-autosubmit]')) event.target.form?.requestSubmit()
  })
}
