// An amount is written out on leaving its field; where a dot may mean two things, the page asks.
import { readCents, writtenCents } from './amounts.js'
import { each, enter, make, word } from './dom.js'

export function amounts (root) {
  each(root, 'input[data-amount]', begin)
}

function begin (input) {
  input.addEventListener('change', () => {
    const found = input.value.trim() ? readCents(input.value) : null
    question(input)?.remove()
    if (found?.readings) ask(input, found.readings)
    else if (found && writtenCents(found.cents) !== input.value) enter(input, writtenCents(found.cents))
  })
}

function question (input) {
  const next = input.closest('.affix').nextElementSibling
  return next?.hasAttribute('data-amount-question') ? next : null
}

function ask (input, readings) {
  const buttons = readings.map(cents => {
    const button = make('button', { type: 'button', className: 'kern-btn kern-btn--secondary small' },
      make('span', { className: 'kern-label' }, `${writtenCents(cents)} Euro`))
    button.addEventListener('click', () => {
      enter(input, writtenCents(cents))
      question(input)?.remove()
      input.focus()
    })
    return button
  })
  const box = make('div', { className: 'question', role: 'alert', 'data-amount-question': '' },
    make('p', {}, word('amount-question', { text: input.value.trim() })), make('div', { className: 'actions' }, ...buttons))
  input.closest('.affix').after(box)
}
