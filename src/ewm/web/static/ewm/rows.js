// Groups of rows that grow and shrink (Django's formsets). <div data-rows="PREFIX"> holds the rows [data-item], a
// <template> with __prefix__ in names and ids, a button [data-row-add], in each row [data-row-remove]. A removed row is
// marked (NAME-DELETE) and hidden, and comes back by a toast. In the template [data-fill="value|label|hint"] are filled by
// a choice, [data-fill="name|created"] by something new; [data-when="known|created"] are shown for one of the two only.
import { each, word } from './dom.js'
import { toast } from './toasts.js'

export function rows (root) {
  each(root, '[data-rows]', begin)
}

function begin (group) {
  group.addEventListener('click', event => {
    const button = event.target.closest('[data-row-add], [data-row-remove]')
    if (!button) return
    event.preventDefault() // without script these buttons send the form
    if (button.matches('[data-row-add]')) addRow(group.dataset.rows, {}, true)
    else remove(button.closest('[data-item]'), group)
  })
  for (const button of group.querySelectorAll('[data-row-add], [data-row-remove]')) button.hidden = false
  for (const mark of group.querySelectorAll('[data-row-delete]')) mark.hidden = true
}

/** Add a row to the group of this prefix, filled with values; returns it. */
export function addRow (prefix, values = {}, focus = false) {
  const group = document.querySelector(`[data-rows="${CSS.escape(prefix)}"]`)
  const total = document.querySelector(`[name="${CSS.escape(prefix)}-TOTAL_FORMS"]`)
  const number = total ? Number(total.value) : nextNumber(group, prefix)
  const template = group.querySelector('template')
  const holder = document.createElement('div')
  holder.innerHTML = template.innerHTML.replaceAll('__prefix__', number)
  const row = holder.firstElementChild
  for (const place of row.querySelectorAll('[data-fill]')) fill(place, values[place.dataset.fill] ?? '')
  for (const part of row.querySelectorAll('[data-when]')) part.hidden = (part.dataset.when === 'created') !== Boolean(values.created)
  if (total) total.value = number + 1
  template.before(row)
  for (const button of row.querySelectorAll('[data-row-remove]')) button.hidden = false
  for (const mark of row.querySelectorAll('[data-row-delete]')) mark.hidden = true
  row.dispatchEvent(new CustomEvent('ewm:added', { bubbles: true }))
  row.dispatchEvent(new Event('change', { bubbles: true }))
  if (focus) row.querySelector('input:not([type="hidden"]), select, textarea')?.focus()
  return row
}

/** Without a count of Django's: one more than the largest number among the names of the group. */
function nextNumber (group, prefix) {
  const start = `${prefix}-`
  const numbers = [...group.querySelectorAll('[name]')].filter(each => each.name.startsWith(start))
    .map(each => Number.parseInt(each.name.slice(start.length), 10)).filter(Number.isInteger)
  return Math.max(-1, ...numbers) + 1
}

function fill (place, value) {
  if ('value' in place) place.value = value
  else place.textContent = value
}

function remove (row, group) {
  const mark = row.querySelector('[name$="-DELETE"]')
  const shown = [...group.querySelectorAll('[data-item]:not([hidden])')]
  const next = shown[shown.indexOf(row) + 1] ?? shown[shown.indexOf(row) - 1]
  const set = gone => {
    if (mark) mark.checked = gone
    row.hidden = gone
    for (const control of row.querySelectorAll('input, select, textarea')) if (!mark && gone) control.disabled = true; else control.disabled = false
    row.dispatchEvent(new Event('change', { bubbles: true }))
  }
  set(true)
  const name = row.querySelector('[data-fill="label"]')?.textContent || row.querySelector('[data-fill="name"]')?.value || word('row')
  toast(word('removed', { label: name }), () => { set(false); row.querySelector('[data-row-remove]')?.focus() })
  const target = next?.querySelector('[data-row-remove]') ?? group.querySelector('[data-row-add], input[data-source]')
  target?.focus()
}
