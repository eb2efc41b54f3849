// On a phone the rows of a table become cards (display: block), and some browsers then forget that it is a table. These
// roles tell them; they come by script because a validator calls them superfluous in the page itself.
import { each } from './dom.js'

const ROLES = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tfoot: 'rowgroup', tr: 'row', td: 'cell' }

export function tables (root) {
  each(root, 'table.cards', table => {
    for (const part of [table, ...table.querySelectorAll('thead, tbody, tfoot, tr, td, th')]) {
      part.setAttribute('role', ROLES[part.localName] ?? (part.scope === 'row' ? 'rowheader' : 'columnheader'))
    }
  })
}
