// A network's verdict: the digit that it reads, and how sure it is of each. Of empty paper it says nothing.

import { percent, words } from "./words.js"

export function showVerdict(card, { digit, probabilities, scores }) {
  const isBlank = digit === null
  card.querySelector("[data-digit]").textContent = digit ?? "?"
  card.querySelector("[data-sure]").textContent = isBlank ? words.nothing : words.sure(percent(probabilities[digit]))
  card.querySelector("[data-scores]").href = scores
  for (const bar of card.querySelectorAll("[data-bar]")) {
    const share = isBlank ? 0 : probabilities[bar.dataset.bar]
    bar.classList.toggle("first", Number(bar.dataset.bar) === digit)
    bar.querySelector("[data-percent]").textContent = isBlank ? "" : percent(share)
    bar.querySelector(".share").setAttribute("width", (share * 100).toFixed(1))
  }
}
