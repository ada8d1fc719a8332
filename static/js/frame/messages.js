// What the page around a frame may ask of it, and what it learns of it. /for-lecturers documents both.
//
// Asked by the parent alone: { type: "conv:play" }, "conv:pause", "conv:get", { type: "conv:step", by: 1 }, { type: "conv:seek", step: 12 },
// { type: "conv:set", parameters: { stride: 2 } }. What has another shape is not answered.
// Told: conv:ready and conv:state { step, steps, playing, address }, conv:step { step, steps }, conv:resize { width, height }.

import { deck } from "./deck.js"

const SHAPES = {
  "conv:play": () => true,
  "conv:pause": () => true,
  "conv:get": () => true,
  "conv:step": ({ by = 1 }) => Number.isSafeInteger(by) && by !== 0,
  "conv:seek": ({ step }) => Number.isSafeInteger(step) && step >= 0,
  "conv:set": ({ parameters }) => isRecord(parameters) && Object.entries(parameters).every(([name, value]) => /^[a-z_]{1,40}$/.test(name) && isValue(value)),
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
const isValue = (value) => ["string", "number", "boolean"].includes(typeof value) || (Array.isArray(value) && value.every(isValue))

export function isAsked(data) {
  return isRecord(data) && typeof data.type === "string" && Object.hasOwn(SHAPES, data.type) && SHAPES[data.type](data)
}

// `bar` plays, `change` shows other parameters, `address` says what is shown, `wanted` how large the frame should be.
export function listen({ bar, change, address, wanted }) {
  const post = (type, detail) => window.parent.postMessage({ type, ...detail }, "*")
  const place = () => ({ step: bar.step, steps: bar.last + 1 })
  const state = () => ({ ...place(), playing: bar.playing, address: address() })
  const slides = document.documentElement.dataset.deck ? deck(bar) : null
  const answers = {
    "conv:play": () => bar.play(),
    "conv:pause": () => bar.pause(),
    "conv:get": () => post("conv:state", state()),
    "conv:step": ({ by = 1 }) => (Math.abs(by) === 1 ? bar.move(by) : bar.seek(bar.step + by)),
    "conv:seek": ({ step }) => bar.seek(Math.min(step, bar.last)),
    "conv:set": ({ parameters }) => change(parameters),
    "slide:start": () => (slides ? slides.start() : bar.play()),
    "slide:stop": () => (slides ? slides.stop() : bar.pause()),
  }
  const ready = bar.ready()
  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent) return
    if (isAsked(data)) ready.then(() => answers[data.type](data))
    else if (data === "slide:start" || data === "slide:stop") ready.then(() => answers[data]())
  })

  let said = "" // what the parent knows
  let size = ""
  function show() {
    const now = state()
    if (said === JSON.stringify(now)) return
    const before = said && JSON.parse(said)
    said = JSON.stringify(now)
    if (before.step !== now.step || before.steps !== now.steps) post("conv:step", place())
    if (before.playing !== now.playing || before.address !== now.address || before.steps !== now.steps) post("conv:state", now)
  }
  function resize() {
    const now = wanted()
    if (size !== JSON.stringify(now)) post("conv:resize", now)
    size = JSON.stringify(now)
  }
  ready.then(() => {
    post("conv:ready", state())
    said = JSON.stringify(state())
    resize()
    bar.watch(show)
    document.addEventListener("frame-moved", show)
    document.addEventListener("htmx:after:swap", resize)
    addEventListener("resize", resize)
  })
}
