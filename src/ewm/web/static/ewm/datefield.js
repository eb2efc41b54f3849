// A day: text that is written out on leaving, and a calendar beside it (dialogue with a grid, one tab stop).
import { each, enter, icon, make, word } from './dom.js'
import { moved, readDay, sameDay, weeks, written } from './dates.js'
import { place } from './popovers.js'

export function dates (root) {
  each(root, '[data-date]', begin)
}

function begin (holder) {
  const input = holder.querySelector('input')
  const button = holder.querySelector('[data-date-open]')
  input.addEventListener('change', () => {
    const found = readDay(input.value)
    if (found && written(found) !== input.value) enter(input, written(found))
  })
  if (!button || !('popover' in button)) return
  button.hidden = false
  button.addEventListener('click', () => new Calendar(input, button).open())
}

class Calendar {
  constructor (input, button) {
    this.input = input
    this.button = button
    this.chosen = readDay(input.value)
    this.at = this.chosen ?? new Date()
  }

  open () {
    this.box = make('div', { className: 'calendar', popover: 'auto', role: 'dialog', 'aria-label': word('choose-day') })
    this.button.parentElement.append(this.box)
    this.box.addEventListener('keydown', event => this.key(event))
    this.box.addEventListener('toggle', event => { if (event.newState === 'closed') this.closed() })
    this.draw()
    this.box.showPopover({ source: this.button })
    place(this.box, this.button)
    this.focus()
  }

  closed () {
    const inside = this.box.contains(document.activeElement)
    this.box.remove()
    if (inside || document.activeElement === document.body) this.button.focus()
  }

  draw () {
    const language = document.documentElement.lang
    const title = this.at.toLocaleDateString(language, { month: 'long', year: 'numeric' })
    const turn = (months, symbol, name) => {
      const button = make('button', { type: 'button', className: 'icon-button icon-button--small', 'aria-label': word(name) }, icon(symbol))
      button.addEventListener('click', () => { this.at = moved(this.at, { months }); this.draw(); this.box.querySelector(`[data-turn="${months}"]`).focus() })
      button.dataset.turn = months
      return button
    }
    const head = make('div', { className: 'calendar__head' }, turn(-1, 'chevron-left', 'month-before'),
      make('h2', { 'aria-live': 'polite' }, title), turn(1, 'chevron-right', 'month-after'))
    this.box.replaceChildren(head, this.grid(title, language))
  }

  grid (title, language) {
    const monday = new Date(2024, 0, 1, 12)
    const names = [0, 1, 2, 3, 4, 5, 6].map(days => {
      const when = moved(monday, { days })
      const short = when.toLocaleDateString(language, { weekday: 'short' }).slice(0, 2)
      return make('th', { scope: 'col', abbr: when.toLocaleDateString(language, { weekday: 'long' }) }, short)
    })
    const rows = weeks(this.at).map(week => make('tr', {}, ...week.map(when => this.cell(when, language))))
    return make('table', { role: 'grid', 'aria-label': title },
      make('thead', {}, make('tr', {}, ...names)), make('tbody', {}, ...rows))
  }

  cell (when, language) {
    if (!when) return make('td', {})
    const label = when.toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    const button = make('button', { type: 'button', tabIndex: sameDay(when, this.at) ? 0 : -1, 'aria-label': `${when.getDate()}, ${label}` }, String(when.getDate()))
    if (sameDay(when, new Date())) button.setAttribute('aria-current', 'date')
    button.addEventListener('click', () => this.take(when))
    const cell = make('td', { role: 'gridcell' }, button)
    if (sameDay(when, this.chosen)) cell.setAttribute('aria-selected', 'true')
    return cell
  }

  take (when) {
    enter(this.input, written(when))
    this.box.hidePopover()
    this.input.focus()
  }

  focus () {
    this.box.querySelector('td [tabindex="0"]')?.focus()
  }

  key (event) {
    if (!event.target.closest('[role="grid"]')) return
    const step = {
      ArrowLeft: { days: -1 }, ArrowRight: { days: 1 }, ArrowUp: { days: -7 }, ArrowDown: { days: 7 },
      PageUp: { months: event.shiftKey ? -12 : -1 }, PageDown: { months: event.shiftKey ? 12 : 1 },
      Home: { days: -((this.at.getDay() + 6) % 7) }, End: { days: 6 - (this.at.getDay() + 6) % 7 }
    }[event.key]
    if (!step) return
    event.preventDefault()
    this.at = moved(this.at, step)
    this.draw()
    this.focus()
  }
}
