// Before a run plays: which two digits will it confuse longest?

import { words } from "./words.js"

export class Guess {
  // `begin()` is called once two digits are chosen.
  constructor(stage, { begin, say }) {
    Object.assign(this, { begin, say })
    this.row = stage.querySelector("[data-guess]")
    this.chosen = []
    this.isOver = true
    this.row.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-digit]")
      if (button) this.choose(button)
    })
  }

  ask() {
    this.isOver = false
    this.row.hidden = false
    this.say(words.question)
  }

  choose(button) {
    const digit = Number(button.dataset.digit)
    const isChosen = this.chosen.includes(digit)
    this.chosen = isChosen ? this.chosen.filter((each) => each !== digit) : [...this.chosen, digit].sort()
    button.setAttribute("aria-pressed", String(!isChosen))
    if (this.chosen.length === 1) this.say(words.guessing)
    if (this.chosen.length < 2) return
    this.say(words.guess(...this.chosen))
    this.end()
    this.begin()
  }

  // Whoever plays or scrubs does not want to guess.
  end() {
    this.isOver = true
    this.row.hidden = true
  }

  // What came of it, in a sentence; nothing where nobody has guessed.
  verdict(pair) {
    if (this.chosen.length < 2 || !pair) return ""
    return this.chosen.includes(pair.a) && this.chosen.includes(pair.b) ? words.right : words.wrong(...this.chosen)
  }
}
