// The list of sections beside a long form marks the one that is being read.
import { each } from './dom.js'

export function sections (root) {
  each(root, '.sections', list => {
    const links = [...list.querySelectorAll('a[href^="#"]')]
    const parts = links.map(link => document.getElementById(link.hash.slice(1))).filter(Boolean)
    if (parts.length < 2) return
    const mark = () => {
      const passed = parts.filter(part => part.getBoundingClientRect().top < innerHeight / 3)
      const current = scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? parts.at(-1) : passed.at(-1) ?? parts[0]
      for (const link of links) {
        if (link.hash === `#${current.id}`) link.setAttribute('aria-current', 'true')
        else link.removeAttribute('aria-current')
      }
    }
    addEventListener('scroll', () => requestAnimationFrame(mark), { passive: true })
    mark()
  })
}
