// Single keys, off while somebody types and where body has data-keys="off". An element with data-key="n" is pressed by N
// (a field gets the focus). J and K walk through rows ([data-row]), F8 through errors, Ctrl+Enter finishes, ? explains.

export function keys (document) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return press(event, '[data-finish]')
    if (event.key === 'F8') return walk(event, '[aria-invalid="true"], [data-conflict], .field--error input', event.shiftKey ? -1 : 1)
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === 'off' || typing(event.target)) return
    if (event.key === '?') return explain(event)
    if (event.key === 'j' || event.key === 'k') return walk(event, '[data-row] :is(th, td) a', event.key === 'j' ? 1 : -1, '[data-row]')
    if (/^[a-z/]$/i.test(event.key)) press(event, `[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  })
}

function typing (target) {
  return Boolean(target.closest?.('input, textarea, select, [contenteditable], dialog[open], [role="grid"], [role="listbox"]'))
}

function visible (selector) {
  return [...document.querySelectorAll(selector)].filter(element => element.checkVisibility?.() ?? element.offsetParent)
}

function press (event, selector) {
  const [element] = visible(selector)
  if (!element) return
  event.preventDefault()
  if (element.matches('input:not([type="submit"]), select, textarea')) element.focus()
  else element.click()
}

function walk (event, selector, step, row) {
  let found = visible(selector)
  if (row) found = found.filter((link, at) => at === 0 || link.closest(row) !== found[at - 1].closest(row))
  if (!found.length) return
  event.preventDefault()
  const at = found.findIndex(element => (row ? element.closest(row) : element).contains(document.activeElement))
  const next = at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length
  found[next].focus()
  found[next].scrollIntoView({ block: 'nearest' })
}

function explain (event) {
  const dialog = document.getElementById('tasten')
  if (!dialog) return
  event.preventDefault()
  dialog.showModal()
}
