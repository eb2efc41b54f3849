// Light, dark or as the machine says: kept in a cookie, which the server writes into the page at the next load.
import { each } from './dom.js'

const YEAR = 365 * 24 * 60 * 60

export function themes (root) {
  each(root, '[data-theme]', begin)
}

function begin (group) {
  group.hidden = false
  show()
  group.addEventListener('click', event => {
    const button = event.target.closest('[data-theme-value]')
    if (!button) return
    const value = button.dataset.themeValue
    document.cookie = `ewm_theme=${value}; path=/; max-age=${value ? YEAR : 0}; SameSite=Lax`
    if (value) document.documentElement.dataset.kernTheme = value
    else delete document.documentElement.dataset.kernTheme
    show()
  })
}

function show () {
  const value = document.documentElement.dataset.kernTheme ?? ''
  for (const button of document.querySelectorAll('[data-theme-value]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeValue === value))
  }
}
