// The summary of errors gets the focus; its links lead into the field, not only to it.

export function summary (document) {
  const box = document.querySelector('[data-error-summary]')
  if (!box) return
  box.focus()
  box.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]')
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) return
    event.preventDefault()
    target.focus()
    ;(target.closest('.field') ?? target).scrollIntoView({ block: 'center' })
  })
}
