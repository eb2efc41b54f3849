// A button with data-dialog="ID" opens that dialogue; a link with it does so instead of leading to its page.
import { each } from './dom.js'

export function dialogs (root) {
  each(root, '[data-dialog]', opener => {
    const dialog = document.getElementById(opener.dataset.dialog)
    if (!dialog?.showModal) return
    opener.setAttribute('aria-haspopup', 'dialog')
    opener.addEventListener('click', event => {
      event.preventDefault()
      dialog.showModal()
      dialog.querySelector('[data-focus]')?.focus()
    })
  })
  each(root, 'dialog.dialog', dialog => dialog.addEventListener('click', event => {
    if (event.target === dialog && outside(dialog, event)) dialog.close()
  }))
}

function outside (dialog, event) {
  const box = dialog.getBoundingClientRect()
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom
}
