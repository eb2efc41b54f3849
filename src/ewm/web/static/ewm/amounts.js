// Reads amounts as the server does (capture/forms/reading.py), in cents: 4300000, 4.300.000, 4 300 000,50, 4,3 Mio.

const FACTORS = { '': 1, mio: 1e6, mill: 1e6, million: 1e6, millionen: 1e6, tsd: 1e3, mrd: 1e9 }
const LARGEST = 1e15

/** {cents} for an amount, {readings: [cents, cents]} where a dot may be either, null for no amount. */
export function readCents (text) {
  const given = text.toLowerCase().replace(/[\s\u00a0\u202f\u2009']/g, '')
    .replace(/^(?:€|euro|eur)|(?:€|euro?\.?)$/g, '').replace(/,[-\u2013\u2014]{1,2}$/, ',0')
  const found = /^([-\u2212]?)([\d.,]+)([a-z]*)\.?$/.exec(given)
  if (!found || !(found[3] in FACTORS)) return null
  const factor = FACTORS[found[3]] * (found[1] ? -1 : 1)
  const number = found[2]
  if (number.split('.').length === 2 && !number.includes(',')) return twoReadings(number, factor)
  const [whole, decimals, more] = number.split(',')
  if (more !== undefined || (decimals !== undefined && !/^\d+$/.test(decimals))) return null
  if (!/^(?:\d+|\d{1,3}(?:\.\d{3})+)$/.test(whole)) return null
  const cents = times(`${whole.replaceAll('.', '')}.${decimals ?? 0}`, factor)
  return cents === null ? null : { cents }
}

function twoReadings (number, factor) {
  const [before, after] = number.split('.')
  if (!/^\d+$/.test(before) || !/^\d+$/.test(after)) return null
  const exact = after.length <= 2 || Math.abs(factor) !== 1 ? times(`${before}.${after}`, factor) : null
  const thousands = times(before + after, factor)
  if (after.length === 3 && before.length <= 3) {
    return { readings: [thousands, exact ?? Math.round(Number(`${before}.${after}`) * factor * 100)] }
  }
  return exact === null ? null : { readings: [thousands, exact] }
}

// On digits, never on binary fractions: 4,35 Mio is 435000000 cents.
function times (number, factor) {
  const [whole, decimals = ''] = number.split('.')
  const scaled = BigInt(whole + decimals) * BigInt(Math.abs(factor)) * 100n
  const divisor = 10n ** BigInt(decimals.length)
  if (scaled % divisor) return null
  const cents = Number(scaled / divisor)
  return cents > LARGEST ? null : Math.sign(factor) * cents
}

/** As forms show it: 4.300.000 or 4.300.000,50; with one dot also 4.300,00, because 4.300 would be asked about. */
export function writtenCents (cents) {
  const euros = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+$)/g, '.')
  const rest = Math.abs(cents) % 100
  const decimals = rest || euros.split('.').length === 2 ? `,${String(rest).padStart(2, '0')}` : ''
  return `${cents < 0 ? '-' : ''}${euros}${decimals}`
}
