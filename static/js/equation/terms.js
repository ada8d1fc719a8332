// All terms of an equation, laid out as its window is, over the stage; fetched when they are asked for.

import { words } from "../words.js"
import { math } from "./mathml.js"
import { channels, element, number, products, row, stamped } from "./tree.js"

// What was asked for stays while the steps go on, until it is closed.
export function open(line, { facts, settings }) {
  const dialog = Object.assign(document.createElement("dialog"), { className: "terms", popover: "auto", ariaLabel: words.allTerms })
  const each = facts.other ? [facts, facts.other] : [facts]
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: words.close })
  close.addEventListener("click", () => dialog.hidePopover())
  dialog.addEventListener("toggle", ({ newState }) => newState === "closed" && dialog.remove())
  dialog.append(close) // first, as it takes the focus, and what has the focus is scrolled into sight
  dialog.insertAdjacentHTML("beforeend", each.map((one) => table(one, settings)).join(""))
  line.after(dialog)
  dialog.showPopover()
}

function table(facts, settings) {
  const name = element(facts.grid ?? settings.result, facts.index, settings, "", facts.mark)
  const rows = TERMS[facts.kind](facts, settings).map((terms) => `<tr>${terms.map((term) => `<td>${math(term)}</td>`).join("")}</tr>`)
  return `<table><caption>${math(name)}</caption><tbody>${rows.join("")}</tbody></table>`
}

const TERMS = {
  sum: (facts, settings) => (facts.sums.length ? ledger(facts, settings) : inRows(products(facts, settings), facts.rows[0].length)),
  stamp: (facts, settings) => inRows(stamped(facts, settings), facts.products[0].length),
  column: ({ numbers, grid, shape }) => inRows(numbers.map((value) => number(value, grid === "y" ? "output" : "input")), shape[2]),
}

// One channel a line.
function ledger(facts, settings) {
  const [names, sums] = channels(facts, settings)
  return names.map((name, i) => [row(name, "=", sums[i])])
}

const inRows = (terms, width) => Array.from({ length: terms.length / width }, (_, i) => terms.slice(i * width, (i + 1) * width))
