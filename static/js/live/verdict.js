// A network's verdict: the digit that it reads, and how sure it is of each.

import { percent, words } from "./words.js"

export function showVerdict(card, { digit, probabilities, scores }) {
  card.querySelector("[data-digit]").textContent = digit ?? "?"
  card.querySelector("[data-sure]").textContent = digit === null ? words.nothing : words.sure(percent(probabilities[digit]))
  card.querySelector("[data-scores]").href = scores
  for (const bar of card.querySelectorAll("[data-bar]")) {
    const share = probabilities[bar.dataset.bar]
    bar.classList.toggle("first", Number(bar.dataset.bar) === digit)
    bar.querySelector("[data-percent]").textContent = percent(share)
    bar.querySelector(".share").setAttribute("width", (share * 100).toFixed(1))
  }
  card.classList.remove("waiting")
}
