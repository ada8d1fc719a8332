// One playhead over two stages: the bar under both and its keys; who extends it says where each stage stands.

import { Clock } from "./clock.js"
import { Player } from "./player.js"
import { words } from "./words.js"

const KEYS = { " ": "play", ArrowRight: "forward", ArrowLeft: "back", PageDown: "forward", PageUp: "back", Home: "first", End: "last" }

export class Together {
  constructor(root) {
    this.root = root
    this.bar = root.querySelector("[data-common]")
    this.stages = [...root.querySelectorAll("conv-stage")]
    this.player = new Player({ clock: new Clock(), change: () => this.change() })
    this.started = false
  }

  // The common playhead takes over once both stages are ready. Where one cannot be, the other keeps its own.
  async start() {
    await customElements.whenDefined("conv-stage")
    try {
      await Promise.all(this.stages.map(({ ready }) => ready))
    } catch (error) {
      this.root.querySelector("[data-failed]").textContent = words.apart(error.message)
      return
    }
    this.begin()
    this.root.classList.add("together")
    this.bar.hidden = false
    for (const stage of this.stages) stage.arrange()
    this.listen()
    this.show()
  }

  listen() {
    addEventListener("keydown", (event) => this.key(event), { capture: true })
    this.bar.addEventListener("click", ({ target }) => this.act(target.closest("[data-common-do]")?.dataset.commonDo))
    this.bar.querySelector("[data-common-scrubber]").addEventListener("input", ({ target }) => this.player.seek(Number(target.value)))
    // A click on a cell leads its stage to a step: the other one follows.
    this.stages.forEach((stage, i) =>
      stage.addEventListener("click", ({ target }) => target.closest("svg.plane") && this.player.seek(this.reached(stage, i))),
    )
  }

  act(what) {
    const { player } = this
    const acts = {
      first: () => player.seek(0),
      back: () => player.by(-1),
      forward: () => player.by(1),
      last: () => player.seek(player.last),
      play: () => (player.playing ? player.pause() : player.play({ from: this.started ? null : 0 })),
      speed: () => player.faster(),
    }
    acts[what]?.()
  }

  // The keys of the player belong to both stages; inside a grid the arrows walk its cells.
  key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey || target.closest?.("dialog, button, a, input:not([type=range]), summary")) return
    if (target.matches?.("[type=range]") && key !== " ") return // the scrubber has its own arrows
    if (target.closest?.("svg.plane") && key.startsWith("Arrow")) return
    if (!KEYS[key]) return
    event.preventDefault()
    event.stopPropagation()
    this.act(KEYS[key])
  }

  change() {
    this.started = true
    this.follow()
    this.show()
  }

  show() {
    const { player } = this
    const find = (name) => this.bar.querySelector(name)
    const scrubber = find("[data-common-scrubber]")
    scrubber.max = player.last
    scrubber.value = player.step
    scrubber.style.setProperty("--told", `${(100 * player.step) / Math.max(player.last, 1)}%`)
    find("[data-common-position]").textContent = this.position
    find("[data-common-speed]").textContent = `${player.speed}×`
    find("[data-common-word]").textContent = player.playing ? words.pause : words.play
    find("[data-common-do=play]").classList.toggle("playing", player.playing)
  }
}
