// Everything that scripts add to the pages. Each part looks for its own marks (data-…) and does nothing without them;
// every page works without any of it. What is added later (rows, swapped parts) is started by `start(root)`.
import { amounts } from './amountfield.js'
import { comboboxes } from './combobox.js'
import { conditions } from './conditions.js'
import { dates } from './datefield.js'
import { dialogs } from './dialogs.js'
import { drafts } from './drafts.js'
import { guards } from './guard.js'
import { keys } from './keys.js'
import { popovers } from './popovers.js'
import { rows } from './rows.js'
import { sections } from './sections.js'
import { roles, suggestions } from './suggestions.js'
import { summary } from './summary.js'
import { swaps } from './swaps.js'
import { tables } from './tables.js'
import { tabs } from './tabs.js'
import { themes } from './theme.js'
import { toasts } from './toasts.js'

const parts = [
  suggestions, rows, tables, sections, amounts, dates, comboboxes, conditions, tabs, dialogs, popovers, themes, toasts
]

export function start (root) {
  for (const part of parts) part(root)
}

start(document)
guards(document)
drafts(document)
keys(document)
swaps(document, start)
summary(document)
document.addEventListener('ewm:added', event => { roles(event.target); start(event.target) })
document.documentElement.dataset.ready = ''
