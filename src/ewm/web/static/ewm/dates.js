// Reads days as the server does (capture/forms/reading.py): 20.4.2020, 20.04.20, 200420, 2020-04-20, 20.4., h.

const PATTERNS = [
  [/^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2}|)$/, [1, 2, 3]],
  [/^(\d{2})(\d{2})(\d{4}|\d{2})$/, [1, 2, 3]],
  [/^(\d{4})-(\d{2})-(\d{2})$/, [3, 2, 1]]
]
const FAR_AHEAD = 30 // beyond, the century of a year without one is asked for
const TODAY = ['h', 'heute', 'today']

/** The day that a text means, or null. */
export function readDay (text, today = new Date()) {
  const given = text.trim().toLowerCase()
  if (TODAY.includes(given)) return day(today.getFullYear(), today.getMonth() + 1, today.getDate())
  for (const [pattern, [d, m, y]] of PATTERNS) {
    const found = pattern.exec(given)
    if (!found) continue
    const short = found[y].length === 2
    const year = found[y] === '' ? today.getFullYear() : Number(found[y]) + (short ? 2000 : 0)
    if (short && year > today.getFullYear() + FAR_AHEAD) return null
    return day(year, Number(found[m]), Number(found[d]))
  }
  return null
}

/** A day at noon, so that no change of the clock moves it; null where there is no such day. */
export function day (year, month, date) {
  const found = new Date(year, month - 1, date, 12)
  const same = found.getFullYear() === year && found.getMonth() === month - 1 && found.getDate() === date
  return same && year >= 1900 && year <= 2199 ? found : null
}

export function moved (from, { days = 0, months = 0 }) {
  if (!months) return new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, 12)
  const first = new Date(from.getFullYear(), from.getMonth() + months, 1, 12)
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate()
  return new Date(first.getFullYear(), first.getMonth(), Math.min(from.getDate(), last), 12)
}

/** As forms show it: 20.04.2020. */
export function written (when) {
  const two = number => String(number).padStart(2, '0')
  return `${two(when.getDate())}.${two(when.getMonth() + 1)}.${when.getFullYear()}`
}

export const sameDay = (a, b) => Boolean(a && b) && written(a) === written(b)

/** The weeks of a month from Monday on; days of its neighbours are null. */
export function weeks (when) {
  const first = new Date(when.getFullYear(), when.getMonth(), 1, 12)
  const count = new Date(when.getFullYear(), when.getMonth() + 1, 0).getDate()
  const cells = [...Array((first.getDay() + 6) % 7).fill(null)]
  for (let date = 1; date <= count; date++) cells.push(new Date(when.getFullYear(), when.getMonth(), date, 12))
  while (cells.length % 7) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
