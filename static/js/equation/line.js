// The equation under the stage: one line, as large as its box allows, then with fewer terms. A button opens all of them.

import { words } from "../words.js"
import { math } from "./mathml.js"
import { equationTree } from "./tree.js"

const ROOM = [9, 5, 2, 1, 0] // terms that are written out, where with more of them the line is too long
const SMALLEST = 12 // px: its subscripts have 0.71 of it, more than 8
const LOOSE = 0.7 // a line that has become shorter than this share of its box may be written larger again

const shown = new WeakMap() // element → the facts and settings that it shows, with how many terms and how large
let widths = null // notices when a box is made wider or narrower

// The next equation of the same kind is written as the last one was, and looked at a frame later, when its place is known:
// measuring it at once would lay the page out twice in every frame.
export function show(element, facts, settings) {
  const key = JSON.stringify([facts, settings])
  if (element.dataset.key === key) return // a morph takes the key away
  element.dataset.key = key
  const before = shown.get(element)
  const now = { ...before, facts, settings }
  shown.set(element, now)
  if (!before || form(before) !== form(now)) return fit(element)
  write(element, now.most)
  requestAnimationFrame(() => shown.get(element) === now && check(element))
}

// What is alike in two equations that are about equally long.
const form = ({ facts }) => `${facts.kind} ${facts.rows?.flat().length} ${facts.sums?.length} ${facts.products?.flat().length} ${facts.numbers?.length}`

function check(element) {
  const { size, most } = shown.get(element)
  const { clientWidth, scrollWidth } = element
  const isShort = (size || most < ROOM[0]) && element.querySelector("math").getBoundingClientRect().width < LOOSE * clientWidth
  if (scrollWidth > clientWidth || isShort) fit(element)
}

function fit(element) {
  const now = shown.get(element)
  widths ??= new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)))
  widths.observe(element)
  element.style.fontSize = ""
  const full = parseFloat(getComputedStyle(element).fontSize)
  for (const most of ROOM) {
    write(element, most)
    Object.assign(now, { most, size: null })
    const { clientWidth, scrollWidth } = element
    if (scrollWidth <= clientWidth) return
    const size = full * (clientWidth / scrollWidth - 0.01)
    if (size < SMALLEST && most > 0) continue
    element.style.fontSize = `${size}px`
    now.size = size
    return
  }
}

function write(element, most) {
  const { facts, settings } = shown.get(element)
  element.querySelector("math")?.remove() // while the page is morphed, there may be none
  element.insertAdjacentHTML("afterbegin", math(equationTree(facts, { ...settings, most })))
  offer(element, most === 0 || element.querySelector("mtext") !== null)
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
