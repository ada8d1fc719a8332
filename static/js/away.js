// The server is away: that is said plainly, what was loaded plays on, and what was asked for is asked again by itself once
// the server is back. Fetched before it is needed, as it could not be then.

import { root } from "./root.js"
import { words } from "./words.js"

const EVERY = 2000 // milliseconds from one look for the server to the next

const waiting = new Map() // what for → how it is asked again; the last one of each
let timer = null

export function whenBack(what, again) {
  waiting.set(what, again)
  say(words.away)
  timer ??= setInterval(look, EVERY)
}

async function look() {
  try {
    if (!(await fetch(`${root}/healthz`, { cache: "no-store" })).ok) return
  } catch {
    return
  }
  clearInterval(timer)
  timer = null
  say("")
  const acts = [...waiting.values()]
  waiting.clear()
  for (const again of acts) again()
}

function say(sentence) {
  let note = document.querySelector("[data-away]")
  if (!note && !sentence) return
  note ??= document.body.appendChild(Object.assign(document.createElement("p"), { className: "away-note" }))
  note.setAttribute("data-away", "")
  note.setAttribute("role", "status")
  if (note.textContent !== sentence) note.textContent = sentence
}

addEventListener("online", () => timer && look())

// A page that htmx has not been able to bring.
document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
  if (!ctx?.request || !(error instanceof TypeError)) return
  const { action, method } = ctx.request
  const { sourceElement: source, target, select, swap } = ctx
  whenBack("page", () => globalThis.htmx.ajax(method, action, { source, target, select, swap }))
})
