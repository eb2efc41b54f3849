// A choice that suggests another: data-suggests='{"VALUE": "VALUE"}' for the field data-suggests-for, until somebody
// touches that one. And the role of an actor that was just added: the first leads, unless one leads already.
import { each } from './dom.js'

export function suggestions (root) {
  each(root, '[data-suggests]', chooser => {
    const other = chooser.form?.elements[chooser.dataset.suggestsFor]
    if (!other) return
    let touched = false
    const suggested = JSON.parse(chooser.dataset.suggests)
    other.addEventListener('change', () => { touched = true })
    chooser.addEventListener('change', () => { if (!touched && suggested[chooser.value]) other.value = suggested[chooser.value] })
  })
}

export function roles (row) {
  const group = row.closest('[data-first-role]')
  const role = row.querySelector('select[name$="-role"]')
  if (!group || !role) return
  const first = group.querySelectorAll('[data-item]:not([hidden])').length === 1
  role.value = first ? group.dataset.firstRole : group.dataset.furtherRole
}
