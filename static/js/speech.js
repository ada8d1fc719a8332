// What the stage says: to those who listen, each step; to those who look, what may be touched next.

import { setText } from "./format.js"
import { at, colours, words } from "./words.js"

export class Speech {
  constructor(stage) {
    this.stage = stage
    this.said = null // the last sentence about a step
    this.hinted = null // the sentence under the stage; none is the invitation
    this.invited = 0 // how many of the invitations have been followed
  }

  announce(now) {
    const sentence = this.sentence(now)
    if (sentence === this.said) return
    this.said = sentence
    this.speak(sentence)
  }

  sentence(now) {
    const { prediction, settings, steps, view } = this.stage
    const { step, equation } = now
    if (prediction?.holds && !steps.scatterMap) return words.predictStep(step, steps.count, this.nameOf(now))
    if (view.say) return view.say(step, steps.count, equation.index, equation.y, settings.firstIndex, now)
    return words.step(step, steps.count, this.nameOf(now), equation.y)
  }

  // What a step computes, as readers call it: y[2, 2].
  nameOf({ equation }) {
    const { result, firstIndex } = this.stage.settings
    return at(result, equation.index, firstIndex)
  }

  // For ears and eyes.
  say(sentence) {
    this.speak(sentence)
    this.hint(sentence)
  }

  speak(sentence) {
    setText(this.stage.querySelector("[data-announce]"), sentence)
  }

  // The next thing to try, once this one is done.
  invite(next) {
    this.invited = Math.max(this.invited, next)
  }

  // Nothing is edited in a frame, so nobody is invited to; where results are withheld, touching says nothing.
  get invitation() {
    const { canEdit, dataset, prediction, steps } = this.stage
    if (prediction?.withholds) return ""
    if (this.stage.hasAttribute("invitation")) return this.stage.getAttribute("invitation")
    const [data, , y] = (dataset.spaces ?? "input tap output").split(" ")
    const hints = words.hints(colours[data], colours[y])
    const next = Math.min(this.invited, canEdit ? Infinity : 1)
    return hints[next === 3 && !steps?.weights ? 4 : next]
  }

  hint(sentence = null) {
    this.hinted = sentence
    setText(this.stage.querySelector("[data-hint]"), sentence ?? this.invitation)
  }

  // A morph has put the page's own words in its place.
  restore() {
    this.hint(this.hinted)
  }
}
