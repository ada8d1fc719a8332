// The equation under the stage: one line, as large as its box allows, then with fewer terms. A button opens all of them.

import { words } from "../words.js"
import { math } from "./mathml.js"
import { equationTree } from "./tree.js"

const ROOM = [9, 5, 2, 1, 0] // terms that are written out, where with more of them the line is too long
const SMALLEST = 12 // px: its subscripts have 0.71 of it, more than 8

const shown = new WeakMap() // element → the facts and settings that it shows
let widths = null // notices when a box is made wider or narrower

export function show(element, facts, settings) {
  const key = JSON.stringify([facts, settings])
  if (element.dataset.key === key) return // a morph takes the key away
  element.dataset.key = key
  shown.set(element, { facts, settings })
  widths ??= new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)))
  widths.observe(element)
  fit(element)
}

function fit(element) {
  const { facts, settings } = shown.get(element)
  element.style.fontSize = ""
  const full = parseFloat(getComputedStyle(element).fontSize)
  for (const most of ROOM) {
    element.querySelector("math")?.remove() // while the page is morphed, there may be none
    element.insertAdjacentHTML("afterbegin", math(equationTree(facts, { ...settings, most })))
    offer(element, most === 0 || element.querySelector("mtext") !== null)
    const { clientWidth, scrollWidth } = element
    if (scrollWidth <= clientWidth) return
    const size = full * (clientWidth / scrollWidth - 0.01)
    if (size < SMALLEST && most > 0) continue
    element.style.fontSize = `${size}px`
    return
  }
}

// A button that opens all terms, where some are left out.
function offer(element, isShortened) {
  const there = element.querySelector("button")
  if (!isShortened) there?.remove()
  else if (!there) element.append(makeButton(element))
}

function makeButton(element) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.all, ariaLabel: words.allTerms })
  button.dataset.do = "terms"
  button.addEventListener("click", async () => {
    const { open } = await import("./terms.js")
    open(element, shown.get(element))
  })
  return button
}
