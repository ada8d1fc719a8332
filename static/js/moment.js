// What is seen of a scene at a moment: the step under the playhead or the one that is pointed at; and what lies ahead of
// it, which is whole as in a picture, waits in empty cells, or is shown in numbers without their fill.

const STILL = 100 // milliseconds: a shorter step is shown whole, as nothing in it could be seen to move

export class Moment {
  constructor(stage) {
    this.stage = stage
    this.frames = new Map()
    this.inspected = null // what takes the place of the playhead's step
    const ahead = stage.getAttribute("ahead")
    const isPicture = stage.hasAttribute("complete") && !stage.hasAttribute("intro")
    this.isRun = ahead === "hidden" || !isPicture // whether the outputs appear as they are computed
    this.ahead = ahead === "shown"
  }

  // From now on the outputs appear as they are computed.
  begin() {
    this.isRun = true
    this.inspected = null
  }

  showAhead() {
    this.ahead = true
  }

  // The eye: what is seen ahead of the playhead is hidden, and what is hidden seen.
  toggleAhead() {
    this.ahead = !this.seesAhead
    this.isRun = true
    this.stage.render()
  }

  get seesAhead() {
    return this.isWhole || (this.ahead && !this.stage.hides)
  }

  // A scene that opens without a step is whole until it is played.
  get isWhole() {
    const { stage } = this
    return stage.hasAttribute("complete") && !this.isRun && !stage.player.playing && !stage.hasAttribute("predict")
  }

  // The last frames are kept, as every step is painted many times.
  frame(step) {
    const { steps, view, shown } = this.stage
    if (!steps.has(step) || step < 0) return null
    if (this.frames.size > 3) this.frames.clear()
    if (!this.frames.has(step)) this.frames.set(step, view.frame(steps, shown, step))
    return this.frames.get(step)
  }

  // What may be seen of a frame: all of it, but for a result that is to be predicted.
  seen(step) {
    const { prediction } = this.stage
    const frame = this.frame(step)
    return frame && prediction ? prediction.seen(frame) : frame
  }

  show() {
    const { stage } = this
    stage.classList.toggle("shows-ahead", this.seesAhead)
    stage.querySelector("[data-do=ahead]")?.setAttribute("aria-pressed", this.seesAhead)
    const now = this.seen(stage.player.step)
    if (now) this.inspected ? this.showInspected(now) : this.showStep(now)
  }

  showStep(now) {
    const { stage } = this
    const { player } = stage
    const isBrief = player.playing && player.stepTime < STILL
    const still = stage.stillness.matches || isBrief || !player.playing
    stage.painter.paint(now, {
      previous: this.seen(player.step - 1),
      phase: still ? 1 : player.phase,
      hold: stage.prediction?.holds,
      isBrief,
      ...this.settings,
    })
    if (!player.playing || player.phase >= 1) stage.speech.announce(now)
  }

  showInspected(now) {
    const { step, outlines, fills = [] } = this.inspected
    const looked = step === undefined ? now : (this.seen(step) ?? now)
    const isOther = ({ plane }) => !fills.some((fill) => fill.plane === plane)
    const shown = outlines
      ? { ...looked, ...this.inspected, fills: [...looked.fills.filter(isOther), ...fills], links: [] }
      : { ...looked, fills: revealed(looked, now) }
    this.stage.painter.paint(shown, this.settings)
  }

  get settings() {
    const { stage } = this
    return { complete: this.isWhole, ahead: this.seesAhead, settings: stage.settings }
  }
}

// The outputs stay as far as the playhead has come, and the one that is looked at is seen too.
function revealed(looked, now) {
  return looked.fills.map((fill) => {
    const before = now.fills.find(({ plane, shown }) => plane === fill.plane && shown !== undefined)
    return before ? { ...fill, shown: Math.max(fill.shown, before.shown) } : fill
  })
}
