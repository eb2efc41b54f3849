// Leaving a form (data-guard) with changes asks once; sending it, or a draft saved since, asks nothing.

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
  document.addEventListener('submit', event => saved(event.target))
  window.addEventListener('beforeunload', event => {
    if ([...document.querySelectorAll('form[data-guard]')].some(isChanged)) event.preventDefault()
  })
}
