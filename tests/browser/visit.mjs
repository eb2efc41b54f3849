// Opens every page in every colour scheme and width and writes down what it finds, as JSON on standard output.
// Standard input: {"browser": path, "pages": [file URLs], "schemes": ["light", "dark"], "widths": [px], "rules": [px]};
// the rules of accessibility take a second each and run in the widths of "rules" only.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const job = JSON.parse(readFileSync(0, 'utf8'))
const browser = await chromium.launch({ executablePath: job.browser, args: ['--no-sandbox'] })
const visits = []

for (const scheme of job.schemes) {
  const context = await browser.newContext({ colorScheme: scheme, reducedMotion: 'reduce' })
  for (const page of job.pages) visits.push(...await visit(context, page, scheme))
  await context.close()
}
await browser.close()
process.stdout.write(JSON.stringify(visits))

async function visit (context, address, scheme) {
  const page = await context.newPage()
  const messages = []
  const requests = []
  page.on('console', message => messages.push(message.text()))
  page.on('pageerror', error => messages.push(String(error)))
  page.on('request', request => requests.push(request.url()))
  page.on('requestfailed', request => messages.push(`not loaded: ${request.url()}`))
  await page.setViewportSize({ width: job.widths[0], height: 900 })
  await page.goto(address)
  await page.evaluate(() => document.fonts.ready)
  const found = []
  for (const width of job.widths) {
    await page.setViewportSize({ width, height: 900 })
    const checked = job.rules.includes(width) ? await rules(page) : { passes: 0, violations: [] }
    found.push({ page: address, scheme, width, scrolls: await scrolls(page), ...checked })
  }
  await page.close()
  return found.map(one => ({ ...one, messages, requests }))
}

async function scrolls (page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

async function rules (page) {
  await page.evaluate(axe)
  // without preload: it would fetch the stylesheets once more, by a script that the page's policy forbids
  const { violations, passes } = await page.evaluate(() => axe.run({ preload: false, resultTypes: ['violations'] }))
  return {
    passes: passes.length,
    violations: violations.map(rule => `${rule.id}: ${rule.help} · ${examples(rule)}`)
  }
}

function examples (rule) {
  return rule.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' · ')
}
