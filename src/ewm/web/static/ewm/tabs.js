// Tabs inside a page (APG): [data-tabs] holds [data-tablist="its name"] with buttons [data-tab="ID"] and the panels [data-tabpanel].
// Without script all panels are open, one under the other.
import { each } from './dom.js'

export function tabs (root) {
  each(root, '[data-tabs]', begin)
}

function begin (holder) {
  const list = holder.querySelector('[data-tablist]')
  const buttons = [...list.querySelectorAll('[data-tab]')]
  list.setAttribute('role', 'tablist')
  list.setAttribute('aria-label', list.dataset.tablist)
  for (const button of buttons) {
    const panel = document.getElementById(button.dataset.tab)
    button.hidden = false
    button.id ||= `${panel.id}-tab`
    button.setAttribute('role', 'tab')
    button.setAttribute('aria-controls', panel.id)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', button.id)
    panel.tabIndex = 0
    button.addEventListener('click', () => choose(buttons, button))
  }
  list.addEventListener('keydown', event => {
    const at = buttons.indexOf(document.activeElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined || at < 0) return
    event.preventDefault()
    const button = buttons[(to + buttons.length) % buttons.length]
    choose(buttons, button)
    button.focus()
  })
  const wanted = buttons.find(button => `#${button.dataset.tab}` === location.hash)
  choose(buttons, wanted ?? buttons[0])
}

function choose (buttons, chosen) {
  for (const button of buttons) {
    button.setAttribute('aria-selected', String(button === chosen))
    button.tabIndex = button === chosen ? 0 : -1
    document.getElementById(button.dataset.tab).hidden = button !== chosen
  }
}
