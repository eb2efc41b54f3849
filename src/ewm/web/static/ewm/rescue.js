// A session may end while somebody types. What a guarded form sends is kept in this tab until a page other than the
// sign-in appears; when the form comes back empty after signing in, the text is put in again, and the page says so.
import { timeOfDay, word } from './dom.js'
import { addRow } from './rows.js'
import { toast } from './toasts.js'

const KEY = 'ewm-sent'
const SKIPPED = new Set(['csrfmiddlewaretoken', 'next'])

export function rescue (document) {
  document.addEventListener('submit', event => { if (event.target.matches('form[data-guard]')) keep(event.target) })
  if (document.body.hasAttribute('data-sign-in')) return
  const kept = take()
  const form = kept && [...document.querySelectorAll('form[data-guard]')].find(each => address(each) === kept.address)
  if (!form || document.querySelector('[data-error-summary]')) return
  if (restore(form, kept.entries)) toast(word('restored', { time: kept.time }))
}

const address = form => new URL(form.getAttribute('action') || location.href, location.href).pathname

function keep (form) {
  const entries = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !SKIPPED.has(name))
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address: address(form), time: timeOfDay(), entries }))
  } catch { /* no room or no storage: the server keeps it as well */ }
}

function take () {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return kept && JSON.parse(kept)
}

function restore (form, entries) {
  let changes = 0
  for (const name of new Set(entries.map(([each]) => each))) {
    const values = entries.filter(([each]) => each === name).map(([, value]) => value)
    const row = /^(.+)-(\d+)-/.exec(name)
    if (row && !form.elements[name] && document.querySelector(`[data-rows="${CSS.escape(row[1])}"]`)) addRow(row[1])
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) changes += put(control, values)
  }
  if (changes) form.dispatchEvent(new Event('change', { bubbles: true }))
  return changes > 0
}

function put (control, values) {
  if (control.type === 'submit' || control.name.endsWith('_FORMS')) return 0
  if (control.type === 'hidden' && !control.hasAttribute('data-combobox-value') && !control.hasAttribute('data-fill')) return 0
  if (control.type === 'checkbox' || control.type === 'radio') {
    const checked = values.includes(control.value)
    if (control.checked === checked) return 0
    control.checked = checked
    return 1
  }
  if (control.value === values[0]) return 0
  control.value = values[0]
  return 1
}
