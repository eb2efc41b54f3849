// Search as you type (ARIA APG: editable combobox with list autocomplete). data-source?suche=TEXT answers
// {"items": [{"value", "label", "hint"}], "create": "words of the last option or nothing", "similar": [{"label"}]}.
// The choice goes into the hidden field; „neu anlegen“ puts the value of data-create ("neu") there and leaves the text.
// With data-add="PREFIX" each choice becomes a row of that group (see rows.js), the field is emptied and keeps the
// focus. Every choice is told as "ewm:chosen" ({value, label, hint, created}); who prevents it does the rest alone.
import { each, icon, make, word } from './dom.js'
import { addRow } from './rows.js'

const PAUSE = 150

export function comboboxes (root) {
  each(root, '[data-combobox]', holder => new Combobox(holder))
}

class Combobox {
  constructor (holder) {
    this.input = holder.querySelector('input[data-source]')
    this.hidden = holder.querySelector('[data-combobox-value]')
    this.list = holder.querySelector('[role="listbox"]')
    this.status = holder.querySelector('[data-combobox-status]')
    this.holder = holder
    this.options = []
    this.at = -1
    if (!this.input) return
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': this.list.id })) {
      this.input.setAttribute(name, value)
    }
    this.input.addEventListener('input', () => this.typed())
    this.input.addEventListener('keydown', event => this.key(event))
    this.input.addEventListener('blur', () => this.close())
    this.list.addEventListener('mousedown', event => event.preventDefault())
    this.list.addEventListener('click', event => this.take(event.target.closest('[role="option"]')))
    holder.querySelector('[data-combobox-found]')?.addEventListener('change', event => {
      this.hidden.value = event.target.value
    })
  }

  typed () {
    if (this.hidden) this.hidden.value = ''
    clearTimeout(this.timer)
    const text = this.input.value.trim()
    if (!text) return this.close()
    this.timer = setTimeout(() => this.ask(text), PAUSE)
  }

  async ask (text) {
    this.request?.abort()
    this.request = new AbortController()
    const address = new URL(this.input.dataset.source, location.href)
    address.searchParams.set('suche', text)
    try {
      const answer = await fetch(address, { signal: this.request.signal, headers: { Accept: 'application/json' } })
      if (!answer.ok) throw new Error(answer.status)
      const found = await answer.json()
      if (this.input.value.trim() === text) this.show(found, text)
    } catch (error) {
      if (error.name === 'AbortError') return
      this.close()
      this.say(word(error.message === '401' ? 'signed-out' : 'no-suggestions-now'))
    }
  }

  show ({ items, create, similar }, text) {
    this.options = items.map((item, at) => this.option(item, at, text))
    if (create) {
      const option = make('div', { className: 'combo__option combo__option--new', role: 'option', id: `${this.list.id}_new`, 'aria-selected': 'false' },
        make('span', {}, icon('add'), create))
      Object.assign(option.dataset, { value: this.input.dataset.create ?? 'neu', label: text, hint: '', created: '' })
      this.options.push(option)
    }
    this.list.replaceChildren(...this.options)
    this.at = -1
    this.open(this.options.length > 0)
    this.note(similar?.length ? word('similar', { names: similar.map(each => each.label).join(', ') }) : '')
    this.say(items.length ? word('found', { n: items.length }) : word('nothing-found'))
  }

  option (item, at, text) {
    const option = make('div', { className: 'combo__option', role: 'option', id: `${this.list.id}_${at}`, 'aria-selected': 'false' },
      make('span', {}, ...marked(item.label, text)))
    if (item.hint) option.append(make('span', { className: 'meta' }, item.hint))
    Object.assign(option.dataset, { value: item.value, label: item.label, hint: item.hint ?? '' })
    return option
  }

  open (whether) {
    this.list.hidden = !whether
    this.input.setAttribute('aria-expanded', String(whether))
    if (!whether) this.input.removeAttribute('aria-activedescendant')
  }

  close () {
    clearTimeout(this.timer)
    this.request?.abort()
    this.open(false)
  }

  key (event) {
    if (event.isComposing) return
    const shown = !this.list.hidden
    if (event.key === 'Escape' && shown) {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      this.enter(event, shown)
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !shown && this.input.value.trim()) {
      event.preventDefault()
      this.ask(this.input.value.trim())
    } else if (shown && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.move((this.at + step + this.options.length + (this.at < 0 && step < 0 ? 1 : 0)) % this.options.length)
    }
  }

  // Enter takes the marked option, else the only or first one that was found; it never sends the form from here.
  enter (event, shown) {
    if (!this.input.value.trim() && !shown) return
    event.preventDefault()
    if (shown) this.take(this.options[Math.max(this.at, 0)])
  }

  move (at) {
    this.at = at
    this.options.forEach((option, index) => option.setAttribute('aria-selected', String(index === at)))
    this.input.setAttribute('aria-activedescendant', this.options[at].id)
    this.options[at].scrollIntoView({ block: 'nearest' })
  }

  take (option) {
    if (!option) return
    const { value, label, hint } = option.dataset
    const created = 'created' in option.dataset
    this.close()
    const chosen = new CustomEvent('ewm:chosen', { bubbles: true, cancelable: true, detail: { value, label, hint, created } })
    if (!this.input.dispatchEvent(chosen)) return
    if (this.input.dataset.add) {
      addRow(this.input.dataset.add, created ? { created: '1', name: label } : { value, label, hint })
      this.input.value = ''
      this.say(word('added', { label }))
    } else {
      this.input.value = label
      if (this.hidden) this.hidden.value = value
      this.say(word('chosen', { label }))
      this.hidden?.dispatchEvent(new Event('change', { bubbles: true }))
    }
    this.note('')
    this.input.focus()
  }

  note (text) {
    let note = this.holder.querySelector('[data-combobox-note]')
    if (!text) return note?.remove()
    note ??= this.holder.appendChild(make('div', { className: 'note note--warning', 'data-combobox-note': '', id: `${this.list.id}_note` }))
    note.replaceChildren(icon('hint'), make('p', {}, text))
  }

  say (text) {
    if (this.status) this.status.textContent = text
  }
}

/** Split a label at the words that were typed; what fits stands in <mark>. */
export function marked (label, text) {
  const words = text.split(/\s+/).filter(Boolean).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (!words.length) return [label]
  return label.split(new RegExp(`(${words.join('|')})`, 'i')).filter(Boolean).map(part =>
    new RegExp(`^(?:${words.join('|')})$`, 'i').test(part) ? make('mark', {}, part) : part)
}
