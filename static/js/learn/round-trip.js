// One playhead over two stages, one after the other: first the windows of the way there, then the stamps of the way back.

import { Together } from "../together.js"

// Where both halves are at step `step` of the whole way: a half that has not begun stands before its first step.
export function moments(step, phase, first) {
  const forward = step < first ? { step, phase } : { step: first - 1, phase: 1 }
  const back = step < first ? { step: 0, phase: 0 } : { step: step - first, phase }
  return [forward, back]
}

class RoundTrip extends Together {
  begin() {
    const [forward, back] = this.stages.map((stage) => stage.player.steps)
    this.first = forward
    this.player.resize(forward + back)
    this.player.place(this.player.last, 1)
    this.follow()
  }

  // The step of the whole way at which a stage is where it is.
  reached({ player: { step } }, half) {
    return step + (half ? this.first : 0)
  }

  follow() {
    const { step, phase, playing, speed } = this.player
    moments(step, phase, this.first).forEach((moment, i) => {
      const { player } = this.stages[i]
      this.stages[i].touch()
      player.playing = playing && this.half === i
      player.speed = speed
      player.place(moment.step, moment.phase)
      this.stages[i].moved()
    })
    this.root.querySelector("[data-side=back]").classList.toggle("not-yet", this.half === 0)
  }

  get half() {
    return this.player.step < this.first ? 0 : 1
  }

  get position() {
    const { step, steps } = this.stages[this.half].player
    return `${["there", "and back"][this.half]}: ${step + 1} of ${steps}`
  }
}

const root = globalThis.document?.querySelector(".round-trip")
if (root) new RoundTrip(root).start()
