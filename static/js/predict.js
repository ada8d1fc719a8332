// Hide, predict, reveal: the next output is asked for before it is shown.

import { exact } from "./format.js"
import { words } from "./words.js"

const TOLERANCE = 0.0051 // two places after the point are close enough

export class Prediction {
  constructor(stage) {
    this.stage = stage
    this.answered = new Set()
    this.form = null
  }

  get isOn() {
    return this.stage.hasAttribute("predict")
  }

  // Whether the output of the current step is held back.
  get holds() {
    return this.isOn && !this.answered.has(this.stage.player.step)
  }

  get isAsking() {
    return this.isOn && this.form !== null
  }

  // The playhead has moved: a step that has not been answered stops the playing and asks.
  moved() {
    const { player, steps } = this.stage
    if (!this.isOn) return this.close()
    if (!steps?.has(player.step)) return
    if (player.playing && this.holds && player.phase > 0.7) return player.pause()
    if (!player.playing && this.holds) this.ask()
    else if (!this.holds) this.close()
  }

  ask() {
    const { stage } = this
    const now = stage.frame(stage.player.step)
    const name = stage.nameOf(now)
    if (this.form?.dataset.step === String(stage.player.step)) return
    this.close()
    this.form = build(name)
    this.form.dataset.step = stage.player.step
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.answer(this.form.elements.guess.value, now.equation.y)
    })
    this.form.querySelector("[type=button]").addEventListener("click", () => this.reveal())
    stage.querySelector("[data-hint]").after(this.form)
    this.form.elements.guess.focus({ preventScroll: true })
  }

  answer(text, y) {
    const guess = guessed(text)
    if (!Number.isFinite(guess)) return this.tell(words.notNumber)
    const isRight = Math.abs(guess - y) <= TOLERANCE * Math.max(1, Math.abs(y) * 0.01)
    this.reveal()
    this.tell(isRight ? words.right : words.notQuite(exact(guess), y))
  }

  reveal() {
    const { stage } = this
    this.answered.add(stage.player.step)
    this.close()
    stage.said = null
    stage.render()
    stage.querySelector("[data-do=forward]").focus({ preventScroll: true })
  }

  tell(sentence) {
    this.stage.say(sentence)
    this.stage.hint(sentence)
  }

  close() {
    const { form } = this
    this.form = null
    form?.remove()
  }
}

// 3, −0.5, 0,5 or 1/9 as a number; NaN or an infinity where it is none.
function guessed(text) {
  const parts = text.replace("−", "-").replace(",", ".").split("/")
  const [numerator, denominator = 1] = parts.map((part) => (part.trim() ? Number(part) : NaN))
  return parts.length > 2 ? NaN : numerator / denominator
}

function build(name) {
  const form = document.createElement("form")
  form.className = "predict"
  const label = document.createElement("label")
  const field = Object.assign(document.createElement("input"), { name: "guess", autocomplete: "off", inputMode: "decimal", size: 6 })
  label.append(words.ask(name), " ", field)
  const check = Object.assign(document.createElement("button"), { textContent: words.check })
  const reveal = Object.assign(document.createElement("button"), { textContent: words.reveal, type: "button" })
  form.append(label, check, reveal)
  return form
}
