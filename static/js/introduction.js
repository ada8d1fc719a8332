// The introduction of the first stage: only a first visit has one, and any touch ends it. To be called before the stage lives.

import { recall, remember } from "./memory.js"

export function introduce(stage) {
  if (recall("visited") || matchMedia("(prefers-reduced-motion: reduce)").matches) stage.removeAttribute("intro")
  else endBy(["pointerdown", "keydown", "conv-introduced"], stage)
  remember("visited", "yes")
}

// At its end all results are seen.
function endBy(events, stage) {
  const leaving = new AbortController()
  const end = () => {
    leaving.abort()
    stage.removeAttribute("intro")
    stage.moment?.showAhead()
    stage.endIntroduction?.()
    stage.render?.()
  }
  for (const name of events) document.addEventListener(name, end, { signal: leaving.signal, capture: true })
}
