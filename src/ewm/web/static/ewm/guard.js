// Leaving a form (data-guard) with changes asks once; sending it, or a draft saved since, asks nothing.
// A second click on a button that sends a form is not sent: the first one is on its way.

const TWICE = 2000
const sent = new WeakMap()

const changed = new WeakSet()

export const isChanged = form => changed.has(form)
export const saved = form => changed.delete(form)

export function guards (document) {
  for (const name of ['input', 'change']) {
    document.addEventListener(name, event => {
      const form = event.target.form ?? event.target.closest?.('form')
      if (form?.hasAttribute('data-guard')) changed.add(form)
    })
  }
  document.addEventListener('submit', event => {
    if (isSentTwice(event)) event.preventDefault()
    saved(event.target)
  })
  window.addEventListener('beforeunload', event => {
    if ([...document.querySelectorAll('form[data-guard]')].some(isChanged)) event.preventDefault()
  })
}

function isSentTwice (event) {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post') return false
  const twice = event.timeStamp - (sent.get(form) ?? -TWICE) < TWICE
  if (!twice) sent.set(form, event.timeStamp)
  return twice
}
