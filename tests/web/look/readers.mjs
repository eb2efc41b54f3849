// Reads texts with the page's own readers: {"days": [text], "amounts": [text], "today": "2020-11-24"} on standard input.
import { readFileSync } from 'node:fs'

const [folder] = process.argv.slice(2)
const { readDay, written, weeks, moved } = await import(`${folder}/dates.js`)
const { readCents, writtenCents } = await import(`${folder}/amounts.js`)
const { days, amounts, today } = JSON.parse(readFileSync(0, 'utf8'))
const now = new Date(`${today}T12:00:00`)

process.stdout.write(JSON.stringify({
  days: days.map(text => { const found = readDay(text, now); return found && written(found) }),
  amounts: amounts.map(text => {
    const found = readCents(text)
    if (!found) return null
    return found.readings ? found.readings.map(writtenCents) : writtenCents(found.cents)
  }),
  february: weeks(new Date(2021, 1, 14, 12)).map(week => week.map(day => day && day.getDate())),
  leap: [written(moved(new Date(2020, 0, 31, 12), { months: 1 })), written(moved(new Date(2020, 2, 1, 12), { days: -1 }))]
}))
